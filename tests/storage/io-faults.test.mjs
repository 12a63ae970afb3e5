// The n-th call of a handle fails, for every n of a commit and of a checkpoint, in the browser's
// own files: what was acknowledged is there afterwards, and nothing is there by halves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reload, useBrowser } from './support/browser.mjs'

const browser = useBrowser()

// More calls than either makes: that the last ones are not reached shows that all were.
const kMostCalls = 60

async function openShop(page) {
  await page.evaluate(() => window.openShop({ storage: 'opfs' }).then(() => undefined))
  return page.workers().at(-1)
}

// From now on the call number `n` fails, that one only.
const failAt = (worker, n) =>
  worker.evaluate((at) => {
    const files = self.FileSystemSyncAccessHandle.prototype
    self.left = at
    for (const name of ['read', 'write', 'truncate', 'flush', 'getSize']) {
      const call = files[name]
      files[name] = function (...values) {
        if (self.left-- === 0) throw new DOMException('The device failed.', 'UnknownError')
        return call.apply(this, values)
      }
    }
  }, n)

const wasReached = (worker) => worker.evaluate(() => self.left < 0)

const state = (page) =>
  page.evaluate(async () => {
    const [{ integrity_check }] = await window.db.sql`PRAGMA integrity_check`
    return [integrity_check, await window.db.category.count(), await window.db.product.count()]
  })

const commit = (page, n) =>
  page.evaluate((number) => {
    const data = { name: `row ${number}`, description: 'At the sea' }
    const category = { create: data }
    return window.codeOf(window.db.product.create({ name: data.name, description: '', category }))
  }, n)

const checkpoint = (page) =>
  page.evaluate(() => window.codeOf(window.db.sql`PRAGMA wal_checkpoint(TRUNCATE)`))

// Runs `work` with each of its calls failing in turn, after `prepare`; `judge` is told how it
// ended, and what there is when the page has been loaded again. Gives the number of calls.
async function failEach(page, { prepare, work, judge }) {
  for (let n = 0, worker = await openShop(page); n < kMostCalls; n++) {
    await prepare?.(page, n)
    await failAt(worker, n)
    const code = await work(page, n)
    const reached = await wasReached(worker)
    await reload(page)
    worker = await openShop(page)
    judge({ code, reached, found: await state(page) })
    if (!reached) return n
  }
  return assert.fail(`it makes more than ${kMostCalls} calls`)
}

test('opfs: a commit of which any one call fails is there, or is not', async (t) => {
  const page = await (await browser.tabs(t)).open()
  let before = 0
  const judge = ({ code, reached, found: [integrity, categories, products] }) => {
    assert.equal(integrity, 'ok')
    assert.equal(categories, products)
    if (code === 'none') assert.equal(products, before + 1)
    else assert.ok(products === before || products === before + 1, `${before} and ${products}`)
    assert.ok(reached ? /^(none|IO|STATE)/.test(code) : code === 'none', code)
    before = products
  }
  const calls = await failEach(page, { work: commit, judge })
  t.diagnostic(`a commit makes ${calls} calls`)
  assert.ok(calls >= 2 && before >= 1)
})

test('opfs: a checkpoint of which any one call fails loses nothing', async (t) => {
  const page = await (await browser.tabs(t)).open()
  let rows = 0
  const prepare = async (_, n) => {
    assert.equal(await commit(page, n), 'none')
    rows++
  }
  const codes = new Set()
  const judge = ({ code, found }) => {
    codes.add(code)
    assert.deepEqual(found, ['ok', rows, rows])
  }
  const calls = await failEach(page, { prepare, work: checkpoint, judge })
  t.diagnostic(`a checkpoint makes ${calls} calls; it ends with ${[...codes].join(', ')}`)
  assert.ok(calls >= 2 && codes.size > 1)
})
