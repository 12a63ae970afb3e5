// Copies of a catalog in the browser's own files: one is taken when the newest is old, and they are
// offered when the catalog is found to be damaged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'

const browser = useBrowser()
const kOld = 'shop.backup-20200101T000000000Z.sqlite'
const kRows = 3_000

const visit = (page) => page.evaluate(async () => (await window.openShop({})).close())

// The names of the copies, and of what was put aside.
const copies = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const names = []
    for await (const name of (await root.getDirectoryHandle('vitrine')).keys()) names.push(name)
    return names.filter((name) => /backup|damaged/.test(name)).sort()
  })

// As if it had been taken long ago.
const makeOld = (page, name) =>
  page.evaluate(
    async ([from, to]) => {
      const root = await navigator.storage.getDirectory()
      const folder = await root.getDirectoryHandle('vitrine')
      await (await folder.getFileHandle(from)).move(to)
    },
    [name, kOld],
  )

// The pages of the last rows, but for the first pages, which say what there is.
const damage = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('vitrine')
    const handle = await folder.getFileHandle('shop.sqlite')
    const { size } = await handle.getFile()
    const file = await handle.createWritable({ keepExistingData: true })
    await file.write({ type: 'write', position: size - 40_000, data: new Uint8Array(20_000) })
    await file.close()
  })

test('opfs: a copy is taken when the newest is older than seven days, and only then', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await visit(page)
  assert.deepEqual(await copies(page), [], 'a new catalog holds nothing to copy')
  await visit(page)
  const [first, ...others] = await copies(page)
  assert.deepEqual(others, [])
  await makeOld(page, first)
  await visit(page)
  await visit(page)
  const [old, recent, ...more] = await copies(page)
  assert.deepEqual([old, more], [kOld, []])
  assert.match(recent, /^shop\.backup-20[2-9]/)
})

// A catalog of many rows with an old copy, damaged where opening it does not look.
async function damagedShop(page) {
  const fill = async (count) => {
    const db = await window.openShop({})
    const row = (_, n) => ({ name: `unit ${n}`, symbol: 'x' })
    await db.uom.createMany(Array.from({ length: count }, row))
    await db.close()
  }
  await page.evaluate(fill, kRows)
  await visit(page)
  await makeOld(page, (await copies(page))[0])
  await damage(page)
}

const open = (page, options) =>
  page.evaluate((given) => window.refusalOf(window.openShop(given)), options)

test('opfs: a damaged catalog offers its copies, opens from one, and is put aside', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await damagedShop(page)
  const { code, message } = await open(page, {})
  assert.equal(code, 'CORRUPT')
  assert.match(message, new RegExp(`to be opened with the option backup: ${kOld}`))
  assert.deepEqual(await copies(page), [kOld], 'no copy is made of it')
  assert.equal((await open(page, { backup: 'another' })).code, 'NOT_FOUND')
  assert.equal(await open(page, { backup: kOld }), null)
  assert.equal(await page.evaluate(() => window.db.uom.count()), kRows)
  assert.match((await copies(page)).join(), /shop\.damaged-20.*\.sqlite/)
})

test('a catalog that another tab has open is not put back to a copy', async (t) => {
  const { open: openTab } = await browser.tabs(t)
  const [first, second] = [await openTab(), await openTab()]
  await visit(first)
  assert.equal(await open(first, {}), null)
  const [copy] = await copies(first)
  await first.evaluate(() => window.db.uom.create({ name: 'new' }))
  const { code, message } = await open(second, { backup: copy })
  assert.equal(code, 'BUSY')
  assert.match(message, /call restore\(\)/)
  await first.close()
  assert.equal(await open(second, {}), null)
  assert.equal(await second.evaluate(() => window.db.uom.count()), 1)
})

// As a tab leaves it that ends while it makes a copy.
const leaveEmpty = (page, name) =>
  page.evaluate(async (file) => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('vitrine')
    await folder.getFileHandle(file, { create: true })
  }, name)

test('opfs: a copy that was never written is none, and the next one clears it away', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await visit(page)
  const empty = 'shop.backup-29990101T000000000Z.sqlite'
  await leaveEmpty(page, empty)
  await visit(page)
  const [whole, ...others] = await copies(page)
  assert.notEqual(whole, empty, 'one was due')
  assert.deepEqual(others, [], 'the empty file is gone')
  await leaveEmpty(page, empty)
  assert.equal(await open(page, {}), null)
  const listed = await page.evaluate(() => window.db.backups())
  assert.deepEqual(
    listed.map(({ name }) => name),
    [whole],
  )
})

// Replaces the data of the catalog `name` many times: how often, or what went wrong.
const replaceOften = (page, name) =>
  page.evaluate(async (own) => {
    const db = await window.openShop({ name: own })
    const file = await db.export()
    const refusals = []
    for (let n = 0; n < 30; n++) {
      refusals.push(await window.refusalOf(db.replaceWith(file)))
      refusals.push(await window.refusalOf(db.backups()))
    }
    return refusals.filter((one) => one !== null)
  }, name)

test('opfs: two catalogs of one site clear their copies away at once', async (t) => {
  const { open: openTab } = await browser.tabs(t)
  const pages = [await openTab(), await openTab()]
  const all = await Promise.all(pages.map((page, n) => replaceOften(page, `shop${n}`)))
  assert.deepEqual(all, [[], []])
})

const kNoFiles = `StorageManager.prototype.getDirectory =
  () => Promise.reject(new DOMException('Not here.', 'SecurityError'))`

test('where no copies are kept, none can be asked for', async (t) => {
  const page = await (await browser.tabs(t, { first: kNoFiles })).open()
  const asked = { storage: 'indexeddb', backup: kOld }
  assert.equal((await open(page, asked)).code, 'VALIDATION')
  assert.equal((await open(page, { ...asked, storage: 'auto' })).code, 'NOT_FOUND')
})
