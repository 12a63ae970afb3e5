// Browsers that refuse what a catalog is kept in: it is said, with words that help, and never does
// a catalog become memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reload, useBrowser } from './support/browser.mjs'

const browser = useBrowser()

const refusal = (name) => `() => Promise.reject(new DOMException('Not here.', '${name}'))`
const kNoFolder = `StorageManager.prototype.getDirectory = ${refusal('SecurityError')}`
const kNoFiles = `FileSystemFileHandle.prototype.createSyncAccessHandle =
  ${refusal('NotAllowedError')}`
const kNoDatabase = `IDBFactory.prototype.open = () => {
  throw new DOMException('Not here.', 'SecurityError')
}`
const kNoChannel = `self.BroadcastChannel = class {
  constructor() {
    throw new DOMException('Not here.', 'SecurityError')
  }
}`

const open = (page, storage) =>
  page.evaluate((kind) => window.refusalOf(window.openShop({ storage: kind })), storage)

test('where a browser refuses its files, auto is IndexedDB, and what is kept stays', async (t) => {
  const page = await (await browser.tabs(t, { first: kNoFolder })).open()
  assert.equal(await open(page, 'auto'), null)
  assert.equal(await page.evaluate(() => window.db.storage.kind), 'indexeddb')
  await page.evaluate(() => window.db.uom.create({ name: 'kept' }))
  await reload(page)
  assert.equal(await open(page, 'auto'), null)
  assert.equal(await page.evaluate(() => window.db.uom.count()), 1)
})

test('where a browser refuses its files, opfs is STORAGE_UNAVAILABLE', async (t) => {
  const page = await (await browser.tabs(t, { first: kNoFolder })).open()
  const { code, message } = await open(page, 'opfs')
  assert.equal(code, 'STORAGE_UNAVAILABLE')
  assert.match(message, /no storage of the kind opfs here: choose another/)
})

test('files that cannot be opened are no reason to look elsewhere for data', async (t) => {
  const page = await (await browser.tabs(t, { first: kNoFiles })).open()
  for (const storage of ['opfs', 'auto']) {
    const { code, message } = await open(page, storage)
    assert.equal(code, 'STORAGE_UNAVAILABLE')
    assert.match(message, /no files for shop \(NotAllowedError.*allow the site to keep data/)
  }
})

// As a browser with no room for one more file does.
const kFullFiles = `FileSystemDirectoryHandle.prototype.getFileHandle =
  ${refusal('QuotaExceededError')}`
const kFullDatabase = kNoDatabase.replace('SecurityError', 'QuotaExceededError')

test('where there is no room to open a catalog, it is FULL', async (t) => {
  const page = await (await browser.tabs(t, { first: `${kFullFiles};${kFullDatabase}` })).open()
  for (const storage of ['auto', 'opfs', 'indexeddb']) {
    const { code, message } = await open(page, storage)
    assert.equal(code, 'FULL')
    assert.match(message, /no room for shop on this site: free some/)
  }
})

test('where a browser gives neither, auto is STORAGE_UNAVAILABLE', async (t) => {
  const page = await (await browser.tabs(t, { first: `${kNoFolder};${kNoDatabase}` })).open()
  const { code, message } = await open(page, 'auto')
  assert.equal(code, 'STORAGE_UNAVAILABLE')
  assert.match(message, /no IndexedDB for shop: allow the site to keep data/)
})

// As Firefox does where its visitor lets no site keep data.
test('where a browser lets no tab hear of another, auto is STORAGE_UNAVAILABLE', async (t) => {
  const page = await (await browser.tabs(t, { first: kNoChannel })).open()
  assert.equal((await open(page, 'auto')).code, 'STORAGE_UNAVAILABLE')
})

test('a page without https: is told what browsers ask for', async (t) => {
  const first = 'delete WorkerNavigator.prototype.locks'
  const page = await (await browser.tabs(t, { first })).open()
  const { code, message } = await open(page, 'auto')
  assert.equal(code, 'STORAGE_UNAVAILABLE')
  assert.match(message, /keep data for https: and localhost only/)
  assert.equal(await open(page, 'memory'), null)
})
