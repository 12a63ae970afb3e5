// One tab: what was written is there after a reload, in either storage, and nothing of the page's
// policy is violated. Storage that is full refuses a write and goes on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalog } from '../package/support/installed.mjs'
import { reload, useBrowser } from './support/browser.mjs'

const browser = useBrowser()

for (const storage of ['opfs', 'indexeddb']) {
  test(`${storage}: what was written is there after a reload`, async (t) => {
    const page = await (await browser.tabs(t)).open()
    const write = async (options) => {
      const db = await window.openShop(options)
      await db.category.create({ name: 'Boots', description: 'For feet' })
      await db.transaction(async (tx) => {
        await tx.product.create({ name: 'Boot', description: '', category_id: 1 })
      })
      return db.storage.kind
    }
    assert.equal(await page.evaluate(write, { storage }), storage)
    await reload(page)
    const read = async (options) => {
      const db = await window.openShop(options)
      const rows = await db.product.find({ include: { category: { select: ['name'] } } })
      return [rows[0].category.name, [...(await db.export())], window.complaints]
    }
    const [name, bytes, complaints] = await page.evaluate(read, { storage })
    assert.deepEqual([name, complaints], ['Boots', []])
    const file = await openCatalog({ data: Uint8Array.from(bytes) })
    assert.equal(file.sql`PRAGMA integrity_check`[0].integrity_check, 'ok')
    file.close()
  })

  test(`${storage}: a transaction whose page is gone was never there`, async (t) => {
    const page = await (await browser.tabs(t)).open()
    const begin = async (options) => {
      const db = await window.openShop(options)
      await db.uom.create({ name: 'kept' })
      await new Promise((begun) => {
        void db.transaction(async (tx) => {
          await tx.uom.create({ name: 'lost' })
          begun()
          await new Promise(() => {})
        })
      })
    }
    await page.evaluate(begin, { storage })
    await reload(page)
    const names = async (options) =>
      (await (await window.openShop(options)).uom.find()).map(({ name }) => name)
    assert.deepEqual(await page.evaluate(names, { storage }), ['kept'])
  })
}

// More than fits into what the tests below leave of room, and into SQLite's cache.
const fill = (page) =>
  page.evaluate(() => {
    const description = 'x'.repeat(8_000)
    const rows = Array.from({ length: 1_600 }, (_, n) => ({ name: `row ${n}`, description }))
    return window.codeOf(window.db.category.createMany(rows))
  })

const count = (page) => page.evaluate(() => window.db.category.count())

// The same in a transaction that is kept open once it has begun and written.
const fillAndWait = (page) =>
  page.evaluate(() => {
    const description = 'x'.repeat(8_000)
    const rows = Array.from({ length: 1_600 }, (_, n) => ({ name: `row ${n}`, description }))
    return new Promise((begun, failed) => {
      const work = async (tx) => {
        await tx.category.createMany(rows)
        begun()
        await new Promise(() => {})
      }
      window.db.transaction(work).catch(failed)
    })
  })

const sizeOf = (page, name) =>
  page.evaluate(async (file) => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('vitrine')
    return (await (await folder.getFileHandle(file)).getFile()).size
  }, name)

test('opfs: what SQLite wrote ahead of a commit is not there when the worker ends', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await page.evaluate(() => window.openShop({}).then((db) => db.uom.create({ name: 'kept' })))
  await fillAndWait(page)
  assert.ok((await sizeOf(page, 'shop.sqlite-wal')) > 3_000_000, 'the cache was spilled')
  await reload(page)
  await page.evaluate(() => window.openShop({}).then(() => undefined))
  assert.equal(await count(page), 0)
  assert.equal(await page.evaluate(() => window.db.uom.count()), 1)
  const check = await page.evaluate(() => window.db.sql`PRAGMA integrity_check`)
  assert.deepEqual(check, [{ integrity_check: 'ok' }])
})

// A page whose storage can be left with so much room.
async function limited(t) {
  const { open, context, url } = await browser.tabs(t)
  const page = await open()
  const devtools = await context.newCDPSession(page)
  const { origin } = new URL(url)
  const leave = (room) => devtools.send('Storage.overrideQuotaForOrigin', { origin, ...room })
  return { page, leave }
}

test('opfs: full storage takes a write back, and the catalog goes on', async (t) => {
  const { page, leave } = await limited(t)
  await page.evaluate(() => window.openShop({}).then(() => undefined))
  await leave({ quotaSize: 2_000_000 })
  assert.equal(await fill(page), 'FULL')
  assert.equal(await count(page), 0)
  await leave({})
  assert.equal(await fill(page), 'none')
  assert.equal(await count(page), 1_600)
})

test('opfs: full storage leaves no room for a copy, and so keeps the data there is', async (t) => {
  const { page, leave } = await limited(t)
  await page.evaluate(() => window.openShop({}).then(() => undefined))
  const file = await page.evaluate(async () => {
    await window.db.uom.create({ name: 'pair' })
    window.file = await window.db.export()
    return window.file.length
  })
  await leave({ quotaSize: file })
  const replace = () => window.codeOf(window.db.replaceWith(window.file))
  assert.equal(await page.evaluate(replace), 'FULL')
  assert.deepEqual(await page.evaluate(() => window.db.backups()), [])
  assert.equal(await page.evaluate(() => window.db.uom.count()), 1)
  await leave({})
  assert.equal(await page.evaluate(replace), 'none')
})

test('opfs: full storage in mid-transaction takes all of it back', async (t) => {
  const { page, leave } = await limited(t)
  const write = () =>
    page.evaluate(() => {
      const description = 'x'.repeat(8_000)
      const work = async (tx) => {
        await tx.uom.create({ name: 'first' })
        for (let n = 0; n < 6; n++) {
          const row = (_, part) => ({ name: `row ${n} ${part}`, description })
          await tx.category.createMany(Array.from({ length: 100 }, row))
        }
      }
      return window.codeOf(window.db.transaction(work))
    })
  const rows = () =>
    page.evaluate(async () => [await window.db.uom.count(), await window.db.category.count()])
  await page.evaluate(() => window.openShop({}).then(() => undefined))
  await leave({ quotaSize: 2_000_000 })
  assert.equal(await write(), 'FULL')
  assert.deepEqual(await rows(), [0, 0])
  await leave({})
  assert.equal(await write(), 'none')
  await reload(page)
  await page.evaluate(() => window.openShop({}).then(() => undefined))
  assert.deepEqual(await rows(), [1, 600])
})

// The browser's own check allows for compression, so that it cannot be relied on here.
test('indexeddb: what cannot be kept is taken back, and the catalog goes on', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await page.evaluate(() => window.openShop({ storage: 'indexeddb' }).then(() => undefined))
  const [worker] = page.workers()
  await worker.evaluate(() => {
    self.put = IDBObjectStore.prototype.put
    let left = 3
    IDBObjectStore.prototype.put = function (...values) {
      if (left-- === 0) throw new DOMException('no room', 'QuotaExceededError')
      return self.put.apply(this, values)
    }
  })
  assert.equal(await fill(page), 'FULL')
  assert.equal(await count(page), 0)
  await worker.evaluate(() => {
    IDBObjectStore.prototype.put = self.put
  })
  assert.equal(await fill(page), 'none')
  await reload(page)
  await page.evaluate(() => window.openShop({ storage: 'indexeddb' }).then(() => undefined))
  assert.equal(await count(page), 1_600)
})

// Closing writes statistics, which are due when queries were run.
test('indexeddb: what is taken back leaves nothing of what closing writes', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await page.evaluate(async () => {
    const db = await window.openShop({ storage: 'indexeddb' })
    for (const name of ['pair', 'box']) await db.uom.create({ name })
    for (let n = 0; n < 4; n++) await db.uom.find({ where: { name: 'box' } })
  })
  await page.workers()[0].evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function () {
      IDBObjectStore.prototype.put = put
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  const create = () => page.evaluate(() => window.codeOf(window.db.uom.create({ name: 'bag' })))
  assert.equal(await create(), 'FULL')
  const check = await page.evaluate(() => window.db.sql`PRAGMA integrity_check`)
  assert.deepEqual(check, [{ integrity_check: 'ok' }])
  assert.equal(await create(), 'none')
  assert.equal(await page.evaluate(() => window.db.uom.count()), 3)
})

test('auto is the files that a browser has for workers', async (t) => {
  const page = await (await browser.tabs(t)).open()
  const kinds = async () => {
    const db = await window.openShop({})
    const { usage_bytes } = await db.storage.status()
    return [db.storage.kind, db.storage.name, usage_bytes > 0]
  }
  assert.deepEqual(await page.evaluate(kinds), ['opfs', 'shop', true])
})

test('the files are the three that SQLite knows, and others can read them', async (t) => {
  const page = await (await browser.tabs(t)).open()
  const look = async () => {
    const db = await window.openShop({})
    await db.uom.create({ name: 'box' })
    await db.close()
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('vitrine')
    const names = []
    for await (const name of folder.keys()) names.push(name)
    const file = await (await folder.getFileHandle('shop.sqlite')).getFile()
    return [names.sort(), [...new Uint8Array(await file.arrayBuffer())]]
  }
  const [names, bytes] = await page.evaluate(look)
  assert.deepEqual(names, ['shop.sqlite', 'shop.sqlite-journal', 'shop.sqlite-wal'])
  const file = await openCatalog({ data: Uint8Array.from(bytes) })
  assert.equal(file.uom.count(), 1)
  file.close()
})

test('all data is exchanged, and comes back from the copy that was put aside', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  for (const page of [first, second]) {
    await page.evaluate(() => window.openShop({}).then(() => undefined))
  }
  await first.evaluate(() => window.db.uom.create({ name: 'old' }))
  const exchange = async () => {
    const other = await window.openShop({ storage: 'memory' })
    await other.uom.create({ name: 'new' })
    return [...(await other.export())]
  }
  const bytes = await first.evaluate(exchange)
  await second.evaluate((data) => window.db.replaceWith(Uint8Array.from(data)), bytes)
  const names = () => window.db.uom.find({ select: ['name'] })
  assert.deepEqual(await second.evaluate(names), [{ name: 'new' }])
  await second.evaluate(() => window.db.uom.create({ name: 'after' }))
  const restore = async () => {
    const [{ name, taken_at }] = await window.db.backups()
    await window.db.restore(name)
    return taken_at
  }
  assert.match(await second.evaluate(restore), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  assert.deepEqual(await second.evaluate(names), [{ name: 'old' }])
})

test('a file that is no catalog is left as it is, and said to be damaged', async (t) => {
  const page = await (await browser.tabs(t)).open()
  const damage = async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('vitrine', { create: true })
    const handle = await folder.getFileHandle('shop.sqlite', { create: true })
    const text = 'This is no database. '.repeat(1000)
    const file = await handle.createWritable()
    await file.write(text)
    await file.close()
    const code = await window.codeOf(window.openShop({}))
    return [code, (await (await handle.getFile()).text()) === text]
  }
  assert.deepEqual(await page.evaluate(damage), ['CORRUPT', true])
})
