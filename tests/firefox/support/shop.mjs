// The page in Firefox: tabs that note every complaint, and what a visitor does there, in words.
import { after, before } from 'node:test'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRoot } from '../../../scripts/lib/paths.mjs'
import { serve } from '../../../scripts/lib/serve.mjs'
import { launchFirefox } from './firefox.mjs'

const root = inRoot('web', 'demo', 'dist')
// Generous, for a machine that builds something else meanwhile.
const kTimeout_ms = 60_000
const kDesktop = { width: 1280, height: 900 }

// Starts both for the tests of a file. `shop` is a new one, with the sample's goods; what it gives
// opens tabs of it.
export function useShop() {
  const own = {}
  before(async () => {
    if (!existsSync(root)) throw new Error('The page is not built: run npm run build first.')
    own.site = await serve({ root })
    own.browser = await launchFirefox()
  })
  after(async () => {
    await own.browser?.close()
    await own.site?.close()
  })
  return {
    async shop(t) {
      const context = await own.browser.createBrowserContext()
      t.after(() => context.close())
      return (path) => openTab(context, new URL(path, own.site.url).href)
    },
  }
}

async function openTab(context, url) {
  const page = await context.newPage()
  page.setDefaultTimeout(kTimeout_ms)
  await page.setViewport(kDesktop)
  await page.evaluateOnNewDocument(noteViolations)
  const complaints = []
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  await page.goto(url)
  await page.waitForSelector('h1')
  const all = async () => [...complaints, ...(await page.evaluate(() => window.policyViolations))]
  return { page, complaints: all }
}

// Runs in the page, before its own scripts.
function noteViolations() {
  window.policyViolations = []
  document.addEventListener('securitypolicyviolation', (event) => {
    window.policyViolations.push(`${event.violatedDirective} refused ${event.blockedURI}`)
  })
}

// A file on this machine that has the content, as long as the test runs.
export function fileOf(t, { name, buffer }) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-firefox-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  writeFileSync(path, buffer)
  return path
}

export function address(page) {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}

// Waits for what is there after some change of the document. A tab that is not in front, where
// frames are rare, is not slower in that.
export function comes(page, isThere, ...values) {
  return page.waitForFunction(isThere, { polling: 'mutation' }, ...values)
}

// Waits until what the selector finds has these words.
export function says(page, selector, words) {
  const has = (one, text) => document.querySelector(one)?.textContent.includes(text)
  return comes(page, has, selector, words)
}

// Presses the first button or link in `scope` whose words begin with these.
export async function press(page, scope, words) {
  const find = (within, start) =>
    [...document.querySelectorAll(`${within} :is(button, a)`)].find(({ textContent }) =>
      textContent.trim().startsWith(start),
    )
  await comes(page, find, scope, words)
  const button = await page.evaluateHandle(find, scope, words)
  await button.click()
}

// Writes over what the field has, by its keys.
export async function write(page, field, text) {
  const input = await page.waitForSelector(field)
  await input.evaluate((one) => one.select())
  await input.type(text)
}

// Presses the keys together, the last one while the others are held down.
export async function chord(page, ...keys) {
  const last = keys.pop()
  for (const key of keys) await page.keyboard.down(key)
  await page.keyboard.press(last)
  for (const key of keys.reverse()) await page.keyboard.up(key)
}
