// A browser, and a page that has nothing but the package: `openCatalog` of the entry `vitrine`,
// under the strict policy with Trusted Types. Pages of one context share their storage.
import { after, before } from 'node:test'
import { build } from 'esbuild'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../../scripts/lib/chromium.mjs'
import { serve, strictPolicy } from '../../../scripts/lib/serve.mjs'
import { within } from '../../../scripts/lib/within.mjs'
import { source } from '../../package/support/inner.mjs'
import { consumer, installed, root } from '../../package/support/installed.mjs'

// It only ends what hangs: beside other work the machine may be slow for a while.
const kTimeout_ms = 5 * 60 * 1000
const policy = `${strictPolicy}; require-trusted-types-for 'script'; trusted-types vitrine`

const kHtml = `<!doctype html><meta charset="utf-8"><title>Storage</title>
<link rel="icon" href="data:,"><script type="module" src="page.js"></script>`

const kPage = `import { CatalogError, openCatalog } from 'vitrine'
// Calls can be asked for from outside: what fails is told by its code.
window.complaints = []
window.openShop = async (options) => (window.db = await openCatalog({ name: 'shop', ...options }))
window.codeOf = (promise) => promise.then(() => 'none', (error) =>
  error instanceof CatalogError ? error.code + (error.reason && ' ' + error.reason) : String(error))
window.refusalOf = (promise) => promise.then(() => null, ({ code, message }) => ({ code, message }))
document.addEventListener('securitypolicyviolation', (event) =>
  window.complaints.push(event.violatedDirective + ' ' + event.blockedURI))
window.isReady = true`

// The worker of the package, with another journal than the one it has.
async function buildWorker(outfile, journal) {
  const file = join(source, 'open-place.ts')
  const code = await readFile(file, 'utf8')
  const contents = code.replace("'wal'", `'${journal}'`)
  if (contents === code) throw new Error('open-place.ts opens its files in another way now.')
  const onLoad = () => ({ contents, loader: 'ts', resolveDir: source })
  const plugin = {
    name: 'journal',
    setup: (to) => to.onLoad({ filter: /open-place\.ts$/ }, onLoad),
  }
  const entryPoints = [join(source, 'worker', 'main.ts')]
  const plugins = [plugin, within('browser')]
  await build({ entryPoints, outfile, bundle: true, format: 'esm', plugins })
}

// Code that the worker runs first, for instance to have a browser that refuses something.
async function putFirst(worker, code) {
  await writeFile(worker, `{${code}}\n${await readFile(worker, 'utf8')}`)
}

// The folder of that page; the caller removes it. `journal` 'memory' protects from nothing; the
// worker runs `first` before anything else.
export async function makeSite({ journal = 'wal', first = '' } = {}) {
  await mkdir(join(root, 'build'), { recursive: true })
  const folder = await mkdtemp(join(root, 'build', 'storage-site-'))
  await writeFile(join(folder, 'index.html'), kHtml)
  await build({
    stdin: { contents: kPage, resolveDir: consumer },
    outfile: join(folder, 'page.js'),
    bundle: true,
    format: 'esm',
  })
  for (const name of ['worker.js', 'vitrine.wasm']) {
    await copyFile(join(installed, 'dist', name), join(folder, name))
  }
  const worker = join(folder, 'worker.js')
  if (journal !== 'wal') await buildWorker(worker, journal)
  await putFirst(worker, first)
  return folder
}

export const launchOptions = chromiumOptions()

// Starts a server of that page, as makeSite makes it, and gives { url, folder, close }.
export async function startSite({ headers = {}, ...options } = {}) {
  const folder = await makeSite(options)
  const all = { 'content-security-policy': policy, ...headers }
  const server = await serve({ root: folder, headers: all })
  const close = async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { url: server.url, folder, close }
}

// Opens the page in `context`, and waits until it is ready.
export async function openPage(context, url) {
  const page = await context.newPage()
  page.setDefaultTimeout(kTimeout_ms)
  await page.goto(url)
  await page.waitForFunction(() => window.isReady)
  return page
}

// Starts both for the tests of a file. `context()` is storage of its own.
export function useBrowser() {
  const own = {}
  before(async () => {
    own.site = await startSite()
    own.browser = await chromium.launch(launchOptions)
  })
  after(async () => {
    await own.browser?.close()
    await own.site?.close()
  })
  return {
    // Pages that share their storage; with options, of a site of their own.
    async tabs(t, options) {
      const site = options === undefined ? own.site : await startSite(options)
      const context = await own.browser.newContext()
      t.after(async () => {
        await context.close()
        if (site !== own.site) await site.close()
      })
      const { url, folder } = site
      return { open: () => openPage(context, url), context, url, folder }
    },
  }
}

// Loads the page again, as its visitor would.
export async function reload(page) {
  await page.reload()
  await page.waitForFunction(() => window.isReady)
}
