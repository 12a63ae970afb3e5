// A page that is left may be put aside whole, for a step back. Its catalog is let go meanwhile, and
// goes on when the page is shown again. Playwright loses a page that the browser puts aside, so the
// two events that tell of it are made here; between them the page's own scripts could run.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { freeze } from './support/freeze.mjs'
import { beginTransaction } from './support/writing.mjs'

const browser = useBrowser()

async function openShop(t, storage) {
  const { open } = await browser.tabs(t)
  const page = await open()
  await page.evaluate((kind) => {
    // Before the catalog hears of it, and after.
    window.addEventListener('pagehide', () => window.leave?.('before'))
    return window.openShop({ storage: kind }).then(() => {
      window.addEventListener('pagehide', () => window.leave?.('after'))
    })
  }, storage)
  return { page, open }
}

const turn = (page, event) =>
  page.evaluate((type) => {
    window.dispatchEvent(new window.PageTransitionEvent(type, { persisted: true }))
  }, event)

// Puts the page aside, opens the catalog in another, does `work` there, and shows the first again.
async function away({ page, open }, storage, work) {
  await turn(page, 'pagehide')
  const other = await open()
  const isFree = async () => (await navigator.locks.query()).held.length === 0
  await other.waitForFunction(isFree)
  const openThere = (kind) => window.refusalOf(window.openShop({ storage: kind }))
  assert.equal(await other.evaluate(openThere, storage), null)
  await other.evaluate(work)
  await turn(page, 'pageshow')
  return other
}

const add = (page, name) =>
  page.evaluate((of) => window.codeOf(window.db.uom.create({ name: of })), name)

for (const storage of ['opfs', 'indexeddb']) {
  test(`${storage}: a page that was put aside goes on with what was written since`, async (t) => {
    const { page, open } = await openShop(t, storage)
    await page.evaluate(() => {
      window.seen = []
      window.db.uom.live().subscribe((rows) => window.seen.push(rows.length))
    })
    await page.waitForFunction(() => window.seen.length === 1)
    await away({ page, open }, storage, () => window.db.uom.create({ name: 'elsewhere' }))
    await page.waitForFunction(() => window.seen.at(-1) === 1)
    assert.equal(await add(page, 'elsewhere'), 'UNIQUE')
    assert.equal(await add(page, 'here'), 'none')
    await page.waitForFunction(() => window.seen.at(-1) === 2)
    await turn(page, 'pagehide')
    await turn(page, 'pageshow')
    assert.equal(await add(page, 'again'), 'none')
    assert.deepEqual(await page.evaluate(() => window.complaints), [])
  })
}

test('what is asked while a page is put aside is done when it is shown again', async (t) => {
  const { page, open } = await openShop(t, 'opfs')
  await page.evaluate(() => {
    window.codes = {}
    window.leave = (when) => {
      const told = (what) => (code) => (window.codes[`${what} ${when}`] = code)
      window.codeOf(window.db.uom.create({ name: when })).then(told('write'))
      window.codeOf(window.db.uom.count()).then(told('read'))
    }
  })
  await away({ page, open }, 'opfs', () => window.db.uom.count())
  await page.waitForFunction(() => Object.keys(window.codes).length === 4)
  // A write that the last worker was given may have been done: nobody knows.
  assert.deepEqual(await page.evaluate(() => window.codes), {
    'write before': 'STATE answer_lost',
    'read before': 'none',
    'write after': 'none',
    'read after': 'none',
  })
  assert.equal(await add(page, 'after'), 'UNIQUE')
})

test('an exchange of all data is not repeated when its page is shown again', async (t) => {
  const { page, open } = await openShop(t, 'opfs')
  await page.evaluate(async () => {
    const data = await window.db.export()
    window.leave = (when) => {
      if (when === 'before') window.code = window.codeOf(window.db.replaceWith(data))
    }
  })
  await away({ page, open }, 'opfs', () => window.db.uom.create({ name: 'elsewhere' }))
  assert.equal(await page.evaluate(() => window.code), 'STATE answer_lost')
  assert.equal(await add(page, 'elsewhere'), 'UNIQUE')
})

test('a catalog that began with a backup goes on with what was written since', async (t) => {
  const { page } = await openShop(t, 'opfs')
  await page.evaluate(async () => {
    await window.db.replaceWith(await window.db.export())
    const [{ name }] = await window.db.backups()
    await window.db.close()
    await window.openShop({ storage: 'opfs', backup: name })
  })
  assert.equal(await add(page, 'since'), 'none')
  await turn(page, 'pagehide')
  await turn(page, 'pageshow')
  assert.equal(await add(page, 'since'), 'UNIQUE')
})

test('a catalog that comes back is looked for where it was, and nowhere else', async (t) => {
  const { page } = await openShop(t, 'auto')
  assert.equal(await add(page, 'here'), 'none')
  await page.context().route('**/worker.js', async (route) => {
    const response = await route.fetch()
    const refusal = "navigator.storage.getDirectory = () => Promise.reject(new Error('later'));"
    await route.fulfill({ response, body: refusal + (await response.text()) })
  })
  await turn(page, 'pagehide')
  await turn(page, 'pageshow')
  assert.equal(await add(page, 'here'), 'STORAGE_UNAVAILABLE')
})

test('a page that comes back while the owner is frozen goes on when that one wakes', async (t) => {
  const { page, open } = await openShop(t, 'opfs')
  await page.evaluate(() => {
    window.seen = []
    window.db.uom.live().subscribe((rows) => window.seen.push(rows.length))
  })
  await page.waitForFunction(() => window.seen.length === 1)
  await turn(page, 'pagehide')
  const other = await open()
  await other.evaluate(() => window.openShop({ storage: 'opfs' }))
  await other.evaluate(() => window.db.uom.create({ name: 'elsewhere' }))
  const { thawed } = await freeze(other, page, 28_000)
  await turn(page, 'pageshow')
  assert.equal(await add(page, 'late'), 'LEADER_UNRESPONSIVE')
  await thawed
  assert.equal(await add(page, 'here'), 'none')
  await page.waitForFunction(() => window.seen.at(-1) === 2)
})

test('a transaction that was begun before a page was put aside is taken back', async (t) => {
  const { page, open } = await openShop(t, 'opfs')
  const end = await beginTransaction(page, ['lost', 'lost too'])
  await away({ page, open }, 'opfs', () => window.db.uom.count())
  assert.equal(await end(), 'STATE transaction_lost')
  assert.equal(await page.evaluate(() => window.db.uom.count()), 0)
})

test('a catalog in memory stays as it is', async (t) => {
  const { page, open } = await openShop(t, 'memory')
  assert.equal(await add(page, 'here'), 'none')
  await away({ page, open }, 'memory', () => window.db.uom.count())
  assert.equal(await add(page, 'here'), 'UNIQUE')
})

test('a catalog that is being closed as its page is put aside is closed', async (t) => {
  const { page, open } = await openShop(t, 'opfs')
  await page.evaluate(() => {
    window.leave = (when) => {
      if (when === 'before') window.closing = window.db.close()
    }
  })
  await away({ page, open }, 'opfs', () => window.db.uom.create({ name: 'elsewhere' }))
  await page.evaluate(() => window.closing)
  assert.equal(await add(page, 'here'), 'CLOSED')
})

test('a catalog that is closed as its page comes back ends what was asked before', async (t) => {
  const { page } = await openShop(t, 'opfs')
  await turn(page, 'pagehide')
  await turn(page, 'pageshow')
  const writeAndClose = async () => {
    const code = window.codeOf(window.db.uom.create({ name: 'last' }))
    await window.db.close()
    return code
  }
  assert.equal(await page.evaluate(writeAndClose), 'none')
})

test('a catalog that was closed stays closed', async (t) => {
  const { page, open } = await openShop(t, 'opfs')
  await page.evaluate(() => window.db.close())
  await away({ page, open }, 'opfs', () => window.db.uom.create({ name: 'elsewhere' }))
  assert.equal(await add(page, 'here'), 'CLOSED')
})
