// Another engine: what a catalog keeps in Firefox, in either storage, and how its tabs share it.
// VITRINE_HANDOVERS says how often the owner changes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stop, write } from '../storage/support/writing.mjs'
import { reload, useFirefox } from './support/firefox.mjs'

const firefox = useFirefox()
const kHandovers = Number(process.env.VITRINE_HANDOVERS ?? 2)
const kStorages = ['opfs', 'indexeddb']

// Opens the catalog, and says where it is kept.
const openShop = (page, storage) =>
  page.evaluate(async (kind) => (await window.openShop({ storage: kind })).storage.kind, storage)

const names = async (page) => {
  const rows = await page.evaluate(() => window.db.uom.find({ orderBy: [{ name: 'asc' }] }))
  return rows.map(({ name }) => name)
}

const integrity = (page) =>
  page.evaluate(async () => (await window.db.sql`PRAGMA integrity_check`)[0].integrity_check)

test('auto is the files that Firefox has for workers', async (t) => {
  const page = await (await firefox.tabs(t))()
  assert.equal(await openShop(page, 'auto'), 'opfs')
})

for (const storage of kStorages) {
  test(`${storage}: what was written is there after a reload, what was begun is not`, async (t) => {
    const page = await (await firefox.tabs(t))()
    assert.equal(await openShop(page, storage), storage)
    await page.evaluate(async () => {
      await window.db.uom.create({ name: 'kept' })
      await new Promise((begun) => {
        void window.db.transaction(async (tx) => {
          await tx.uom.create({ name: 'lost' })
          begun()
          await new Promise(() => {})
        })
      })
    })
    await reload(page)
    await openShop(page, storage)
    assert.deepEqual(await names(page), ['kept'])
    assert.equal(await integrity(page), 'ok')
    assert.deepEqual(await page.evaluate(() => window.complaints), [])
  })

  test(`${storage}: what one tab commits, the other follows and takes back`, async (t) => {
    const open = await firefox.tabs(t)
    const [first, second] = [await open(), await open()]
    await openShop(first, storage)
    await openShop(second, storage)
    await second.evaluate(() => {
      window.seen = []
      const live = window.db.uom.live({ select: ['name'] })
      live.subscribe((rows) => window.seen.push(rows.map(({ name }) => name).join()))
    })
    const sees = (text) => second.waitForFunction((last) => window.seen.at(-1) === last, {}, text)
    await sees('')
    await first.evaluate(() => window.db.uom.create({ name: 'box' }).then(() => undefined))
    await sees('box')
    await second.evaluate(() => window.db.undo().then(() => undefined))
    await sees('')
    assert.deepEqual(await names(first), [])
  })
}

const writesMore = async (page) => {
  const before = await page.evaluate(() => window.written.length)
  await page.waitForFunction((count) => window.written.length > count + 3, {}, before)
}

for (const storage of kStorages) {
  test(`${storage}: no write is lost or doubled when the owner closes or reloads`, async (t) => {
    const open = await firefox.tabs(t)
    let owner = await open()
    await openShop(owner, storage)
    const expected = []
    for (let round = 0; round < kHandovers; round++) {
      const next = await open()
      await openShop(next, storage)
      await write(next, String(round))
      await writesMore(next)
      if (round % 2 === 0) await owner.close()
      else await reload(owner)
      await writesMore(next)
      expected.push(...(await stop(next)))
      if (round % 2 === 1) await owner.close()
      owner = next
    }
    assert.deepEqual(await names(owner), expected.sort())
    assert.equal(await integrity(owner), 'ok')
  })
}

// Firefox gives no answer of more than 256 MB.
test('indexeddb: a great catalog is there after a reload', async (t) => {
  const page = await (await firefox.tabs(t))()
  await openShop(page, 'indexeddb')
  await page.evaluate(async () => {
    for (let n = 0; n < 9; n++) {
      const description = String(n).repeat(30_000_000)
      await window.db.category.createMany([{ name: `${n}`, description }])
    }
  })
  await reload(page)
  await openShop(page, 'indexeddb')
  assert.equal(await page.evaluate(() => window.db.category.count()), 9)
})
