// A site's data that is cleared while its catalog is open. The browser closes what the catalog is
// kept in, and forgets its locks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'

const browser = useBrowser()

const open = (page, storage) =>
  page.evaluate((kind) => window.openShop({ storage: kind }).then(() => undefined), storage)

const create = (page, name) =>
  page.evaluate((one) => window.refusalOf(window.db.uom.create({ name: one })), name)

const names = (page) =>
  page.evaluate(async () => (await window.db.uom.find({})).map(({ name }) => name))

async function clear({ context, url }, page) {
  const session = await context.newCDPSession(page)
  const { origin } = new URL(url)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
}

test('indexeddb: what is read and exported is there still, and a write says why not', async (t) => {
  const tabs = await browser.tabs(t)
  const page = await tabs.open()
  await open(page, 'indexeddb')
  assert.equal(await create(page, 'box'), null)
  await clear(tabs, page)
  const { code, message } = await create(page, 'bag')
  assert.equal(code, 'IO')
  assert.match(message, /Save what export\(\) gives, and load the page again/)
  assert.deepEqual(await names(page), ['box'])
  assert.ok((await page.evaluate(async () => (await window.db.export()).length)) > 0)
})

// So does Chromium, now and then, with what was on its way as the data went.
test('indexeddb: a write that the browser never answers fails when storage closes', async (t) => {
  const page = await (await browser.tabs(t)).open()
  await open(page, 'indexeddb')
  await page.workers()[0].evaluate(() => {
    const { transaction } = self.IDBDatabase.prototype
    self.IDBDatabase.prototype.transaction = function (...values) {
      const made = transaction.apply(this, values)
      made.addEventListener('complete', (event) => {
        event.stopImmediatePropagation()
        this.dispatchEvent(new self.Event('close'))
      })
      return made
    }
  })
  assert.match((await create(page, 'box')).message, /has closed the catalog’s storage/)
  assert.deepEqual(await names(page), [])
})

for (const storage of ['opfs', 'indexeddb']) {
  test(`${storage}: a tab whose data was cleared ends when another begins anew`, async (t) => {
    const tabs = await browser.tabs(t)
    const [first, second] = [await tabs.open(), await tabs.open()]
    await open(first, storage)
    assert.equal(await create(first, 'box'), null)
    await clear(tabs, first)
    await open(second, storage)
    assert.equal(await create(second, 'bag'), null)
    await first.evaluate(() => window.db.close())
    await open(first, storage)
    assert.deepEqual(await names(first), ['bag'])
  })

  test(`${storage}: that one says why, and not its worker’s fault`, async (t) => {
    const tabs = await browser.tabs(t)
    const [first, second, third] = [await tabs.open(), await tabs.open(), await tabs.open()]
    for (const page of [first, second]) await open(page, storage)
    await clear(tabs, first)
    await open(third, storage)
    const message = await first.evaluate(async () => {
      for (;;) {
        const refusal = await window.refusalOf(window.db.uom.count())
        if (refusal?.code === 'BUSY') return refusal.message
      }
    })
    assert.match(message, /begun the catalog anew.* load the page again/)
  })
}

// Workers that find no lock taken, and hear nothing of each other.
const kAlone = `
  const { request } = LockManager.prototype
  LockManager.prototype.request = function (name, ...others) {
    return request.call(this, name + Math.random(), ...others)
  }
  const Channel = BroadcastChannel
  self.BroadcastChannel = class extends Channel {
    constructor(name) {
      super(name + Math.random())
    }
  }`

test('indexeddb: of two owners the first that writes goes on, and the other is told', async (t) => {
  const tabs = await browser.tabs(t, { first: kAlone })
  const [first, second] = [await tabs.open(), await tabs.open()]
  for (const page of [first, second]) await open(page, 'indexeddb')
  for (const name of ['box', 'bag']) assert.equal(await create(first, name), null)
  for (let attempt = 0; attempt < 2; attempt++) {
    const { code, message } = await create(second, 'pair')
    assert.equal(code, 'IO')
    assert.match(message, /Another tab has written .* load the page again/)
  }
  await second.evaluate(() => window.db.close())
  assert.equal(await create(first, 'jar'), null)
  await open(second, 'indexeddb')
  assert.deepEqual(await names(second), ['box', 'bag', 'jar'])
})
