// One browser and one server for the tests of a file, and pages that note every complaint: what the
// console says, what was thrown, what the policy refused.
import { after, before } from 'node:test'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findBrowser } from '../../../scripts/lib/needs.mjs'
import { realProbes } from '../../../scripts/lib/probes.mjs'
import { serve } from '../../../scripts/lib/serve.mjs'

const root = fileURLToPath(new URL('../../../web/demo/dist/', import.meta.url))

// Generous, for a machine that builds something else meanwhile.
const kTimeout_ms = 60_000

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 360, height: 740 }

// Starts both before the file's tests and ends them after. `open` gives a page of its own.
export function useBrowser() {
  const own = { browser: null, server: null }
  before(async () => {
    if (!existsSync(root)) throw new Error('The page is not built: run npm run build first.')
    own.server = await serve({ root })
    own.browser = await chromium.launch({
      executablePath: findBrowser(realProbes()),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  })
  after(async () => {
    await own.browser?.close()
    await own.server?.close()
  })
  return { open: (options) => openPage(own, options) }
}

// Opens the view at `path` and waits until `ready` is there. `complaints` are what has gone wrong.
// A shop is kept where it was opened, so each page has a profile of its own, which `more` shares.
async function openPage(own, options = {}) {
  const { viewport = desktop, colorScheme = 'light' } = options
  const like = { viewport, colorScheme, reducedMotion: 'reduce', hasTouch: viewport === phone }
  const context = await own.browser.newContext(like)
  const first = await openTab(own, context, options)
  const more = (others = {}) => openTab(own, context, { ...options, ...others })
  return { ...first, more, close: () => context.close() }
}

async function openTab(own, context, { path = '/', ready = 'h1', route }) {
  const page = await context.newPage()
  page.setDefaultTimeout(kTimeout_ms)
  const complaints = listen(page)
  await page.addInitScript(noteViolations)
  if (route) await page.route(route.url, route.answer)
  await page.goto(new URL(path, own.server.url).href)
  await page.waitForSelector(ready, { state: 'attached' })
  return { page, complaints: () => allComplaints(page, complaints), close: () => page.close() }
}

function listen(page) {
  const complaints = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  return complaints
}

// Runs in the page, before its own scripts.
function noteViolations() {
  window.policyViolations = []
  document.addEventListener('securitypolicyviolation', (event) => {
    window.policyViolations.push(`${event.violatedDirective} refused ${event.blockedURI}`)
  })
}

async function allComplaints(page, complaints) {
  return [...complaints, ...(await page.evaluate(() => window.policyViolations))]
}
