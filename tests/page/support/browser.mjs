// One browser and one server for the tests of a file, and pages that note every complaint: what the
// console says, what was thrown, what the policy refused.
import { after, before } from 'node:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../../scripts/lib/chromium.mjs'
import { serve } from '../../../scripts/lib/serve.mjs'
import { isTouched, noteActions, restock } from './restock.mjs'

// Where the page was built.
export const root = fileURLToPath(new URL('../../../web/demo/dist/', import.meta.url))

// Generous, for a machine that builds something else meanwhile.
const kTimeout_ms = 60_000

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 360, height: 740 }

// How the browser is started. No page lives long enough here for what V8 optimizes in the
// background: a fifth of these tests.
export const launchOptions = chromiumOptions(['--js-flags=--liftoff-only'])

// Starts both before the file's tests and ends them after. `open` gives a page with the sample's
// shop that no test has changed.
export function useBrowser() {
  // `spare` is a profile that a test is done with, its one page still open.
  const own = { browser: null, server: null, spare: null }
  before(async () => {
    if (!existsSync(root)) throw new Error('The page is not built: run npm run build first.')
    own.server = await serve({ root })
    own.browser = await chromium.launch(launchOptions)
  })
  after(async () => {
    await own.browser?.close()
    await own.server?.close()
  })
  return { open: (options) => openPage(own, options) }
}

// Opens the view at `path` and waits until `ready` is there. `complaints` are what has gone wrong.
// A shop is kept where it was opened, and filled when it is new. Whoever asks for a `route` or a
// screen of their own gets a profile that was never here; the others the one that the test before
// left, with the sample put back: starting anew takes longer than what most tests do.
async function openPage(own, options = {}) {
  const { viewport = desktop, route } = options
  const isPlain = viewport === desktop && !route
  const profile = (isPlain && takeSpare(own)) || (await newProfile(own, viewport))
  const first = await openTab(own, profile.page ?? (await newPage(profile.context)), options)
  const more = async (others = {}) =>
    openTab(own, await newPage(profile.context), { ...options, ...others })
  const close = async () => {
    first.ignore()
    if (isPlain) await leave(own, { ...profile, page: first.page })
    else await profile.context.close()
  }
  return { ...first, more, close }
}

async function newProfile(own, viewport) {
  const hasTouch = viewport === phone
  const context = await own.browser.newContext({ viewport, hasTouch, reducedMotion: 'reduce' })
  await context.addInitScript(noteViolations)
  await context.addInitScript(noteActions)
  return { context, page: null }
}

// A test that fails does not come to its end and leaves nothing.
function takeSpare(own) {
  const { spare } = own
  own.spare = null
  return spare
}

async function leave(own, { context, page }) {
  const others = context.pages().filter((other) => other !== page)
  await Promise.all(others.map((other) => other.close()))
  await page.emulateMedia({ colorScheme: null })
  if (await isTouched(page)) await restock(page, join(root, 'sample.sqlite'))
  own.spare = { context, page }
}

async function newPage(context) {
  const page = await context.newPage()
  page.setDefaultTimeout(kTimeout_ms)
  return page
}

async function openTab(own, page, { path = '/', ready = 'h1', route }) {
  const { complaints, ignore } = listen(page)
  if (route) await page.route(route.url, route.answer)
  await page.goto(new URL(path, own.server.url).href)
  await page.waitForSelector(ready, { state: 'attached' })
  const all = async () => [...complaints, ...(await page.evaluate(() => window.policyViolations))]
  return { page, complaints: all, ignore, close: () => page.close() }
}

// What is complained of from now on, until it is ignored.
function listen(page) {
  const complaints = []
  const onConsole = (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  }
  const onError = (error) => complaints.push(error.stack ?? error.message)
  page.on('console', onConsole).on('pageerror', onError)
  return { complaints, ignore: () => page.off('console', onConsole).off('pageerror', onError) }
}

// Runs in the page, before its own scripts.
function noteViolations() {
  window.policyViolations = []
  document.addEventListener('securitypolicyviolation', (event) => {
    window.policyViolations.push(`${event.violatedDirective} refused ${event.blockedURI}`)
  })
}
