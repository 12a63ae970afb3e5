// Firefox, driven by WebDriver BiDi, and in it the page of tests/storage: nothing but the package,
// under the strict policy. Pages of one context share their storage.
import { after, before } from 'node:test'
import { launch } from 'puppeteer-core'
import { findFirefox } from '../../../scripts/lib/needs.mjs'
import { realProbes } from '../../../scripts/lib/probes.mjs'
import { startSite } from '../../storage/support/browser.mjs'

// It only ends what hangs: beside other work the machine may be slow for a while.
const kTimeout_ms = 5 * 60 * 1000

const isReady = (page) => page.waitForFunction(() => window.isReady, { timeout: kTimeout_ms })

// Loads the page again, as its visitor would.
export async function reload(page) {
  await page.reload()
  await isReady(page)
}

async function openPage(context, url) {
  const page = await context.newPage()
  page.setDefaultTimeout(kTimeout_ms)
  await page.goto(url)
  await isReady(page)
  return page
}

export const launchFirefox = () =>
  launch({
    browser: 'firefox',
    executablePath: findFirefox(realProbes()),
    protocolTimeout: kTimeout_ms,
    timeout: kTimeout_ms,
  })

// Starts both for the tests of a file. `open` gives pages of a storage of their own.
export function useFirefox() {
  const own = {}
  before(async () => {
    own.site = await startSite()
    own.browser = await launchFirefox()
  })
  after(async () => {
    await own.browser?.close()
    await own.site?.close()
  })
  return {
    async tabs(t) {
      const context = await own.browser.createBrowserContext()
      t.after(() => context.close())
      return () => openPage(context, own.site.url)
    },
  }
}
