// A browser that keeps nothing, or not all that a page would like kept: the shop still opens.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { launchOptions, root, useBrowser } from './support/browser.mjs'
import { cardNames, fill, message, submit } from './support/shop.mjs'
import { serve } from '../../scripts/lib/serve.mjs'

const { open } = useBrowser()

const kUnkept = 'This shop lives in this tab alone.'

// A profile in which sites may keep no data, as the browser's own setting has it; `init` runs in
// the page before its scripts.
async function openProfile(t, { isBlocked = false, init = () => undefined, ready }) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-blocked-'))
  const settings = isBlocked ? { cookies: 2 } : {}
  mkdirSync(join(folder, 'Default'))
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: settings } }),
  )
  const server = await serve({ root })
  const context = await chromium.launchPersistentContext(folder, launchOptions)
  t.after(async () => {
    await context.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await context.addInitScript(init)
  const page = await context.newPage()
  await page.goto(new URL('/', server.url).href)
  await page.waitForSelector(ready)
  return page
}

function press(page, name) {
  return page.getByRole('button', { name }).click()
}

test('where site data is blocked the shop says so, and opens without being kept', async (t) => {
  const page = await openProfile(t, { isBlocked: true, ready: '.empty[role=alert]' })
  assert.match(await page.locator('.empty').innerText(), /its settings do not let it\.\n/)
  await press(page, 'Use it without keeping it')
  await page.waitForSelector('a.card')
  assert.ok((await cardNames(page)).length >= 60)
  assert.ok((await page.locator('.foot').innerText()).includes(kUnkept))
  await page.getByRole('link', { name: 'Manage', exact: true }).click()
  await page.getByRole('link', { name: 'Units' }).click()
  await press(page, 'Add a unit')
  await fill(page, { Name: 'furlong' })
  await submit(page)
  assert.equal(await message(page), 'Added the unit “furlong”.')
})

test('a shop is kept where the page may keep no marks beside it', async (t) => {
  const init = () =>
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new Error('denied')
      },
    })
  const page = await openProfile(t, { init, ready: 'a.card' })
  assert.match(await page.locator('.foot').innerText(), /Kept in this browser/)
})

test('a shop that could not be filled is not the one that is used without keeping it', async () => {
  let calls = 0
  const answer = (call) => (++calls === 1 ? call.fulfill({ status: 404 }) : call.fallback())
  const route = { url: '**/sample.sqlite', answer }
  const { page, close } = await open({ ready: '.empty[role=alert]', route })
  await press(page, 'Use it without keeping it')
  await page.waitForSelector('a.card')
  assert.ok((await page.locator('.foot').innerText()).includes(kUnkept))
  await close()
})
