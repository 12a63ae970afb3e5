// A site is deployed with another version of the package while tabs are open: what does not
// belong together says so, and nothing is believed that is not understood.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { installed } from '../package/support/installed.mjs'
import { reload, useBrowser } from './support/browser.mjs'

const browser = useBrowser()
const { version: kVersion } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
const kNext = '99.0.0'

// Gives the site's files another version of the package.
async function deploy(folder, names) {
  for (const name of names) {
    const file = join(folder, name)
    const code = await readFile(file, 'utf8')
    const next = code.replace(`"${kVersion}"`, `"${kNext}"`)
    assert.notEqual(next, code)
    await writeFile(file, next)
  }
}

const openShop = (page) => page.evaluate(() => window.refusalOf(window.openShop()))
const add = (page, name) =>
  page.evaluate((of) => window.codeOf(window.db.uom.create({ name: of })), name)

test('a tab of another version than the owner is told so, and the owner goes on', async (t) => {
  const { open, folder } = await browser.tabs(t, {})
  const old = await open()
  assert.equal(await openShop(old), null)
  await deploy(folder, ['page.js', 'worker.js'])
  const fresh = await open()
  assert.deepEqual(await openShop(fresh), {
    code: 'BUSY',
    message:
      `Another tab has the catalog open with version ${kVersion} of Vitrine, and this one has ` +
      `${kNext}: load that tab again, or close it.`,
  })
  assert.equal(await fresh.evaluate(() => window.codeOf(window.openShop())), 'BUSY other_version')
  assert.equal(await add(old, 'of the old'), 'none')
  await reload(old)
  assert.equal(await openShop(old), null)
  assert.equal(await openShop(fresh), null)
  assert.equal(await add(fresh, 'of the old'), 'UNIQUE')
  assert.equal(await add(fresh, 'of the new'), 'none')
})

test('a page of another version than its worker is told so', async (t) => {
  const { open, folder } = await browser.tabs(t, {})
  await deploy(folder, ['page.js'])
  const page = await open()
  const { code, message } = await openShop(page)
  assert.equal(code, 'WASM_LOAD')
  assert.match(message, /worker\.js/)
})

test('a live query whose page comes back to another version fails', async (t) => {
  const { open, folder } = await browser.tabs(t, {})
  const page = await open()
  assert.equal(await openShop(page), null)
  await page.evaluate(() => {
    window.told = []
    const live = window.db.uom.live()
    live.subscribe(
      ({ length }) => window.told.push(length),
      ({ reason }) => window.told.push(reason),
    )
  })
  await page.waitForFunction(() => window.told.length === 1)
  await deploy(folder, ['worker.js'])
  await page.evaluate(() => {
    for (const type of ['pagehide', 'pageshow']) {
      window.dispatchEvent(new window.PageTransitionEvent(type, { persisted: true }))
    }
  })
  await page.waitForFunction(() => window.told.length === 2)
  assert.deepEqual(await page.evaluate(() => window.told), [0, 'other_version'])
})
