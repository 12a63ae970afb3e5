// The lanes in Chromium: each is bundled into a folder of its own, served with the policy that the
// page has, and run in a fresh page of a fresh profile.
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../scripts/lib/chromium.mjs'
import { serve } from '../../scripts/lib/serve.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const root = here('../../build/bench/pages')
const require = createRequire(import.meta.url)

const kHtml = '<!doctype html><meta charset="utf-8"><title>bench</title><body>bench</body>'
const kScript = '<script type="module" src="/page.js"></script>'

// The module that a lane loads beside its script.
const modules = {
  vitrine: () => fileURLToPath(import.meta.resolve('vitrine/vitrine.wasm')),
  sqljs: () => join(dirname(require.resolve('sql.js')), 'sql-wasm-browser.wasm'),
  'sqlite-wasm': () => fileURLToPath(import.meta.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')),
}

const shortName = (lane) => lane.replace('chromium:', '')

async function makePage(name, { file, empty }) {
  const folder = join(root, name)
  await mkdir(folder, { recursive: true })
  await build({
    entryPoints: { page: here('page.mjs'), lane: here(`lanes/${name}.mjs`) },
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    outdir: folder,
    logLevel: 'error',
  })
  await writeFile(join(folder, 'index.html'), kHtml + kScript)
  await copyFile(file, join(folder, 'goods.sqlite'))
  await copyFile(empty, join(folder, 'empty.sqlite'))
  const module = modules[name]?.()
  if (module) await copyFile(module, join(folder, module.split('/').at(-1)))
}

async function runPage(browser, folder, { lane, mode, size, names }) {
  const server = await serve({ root: join(folder, shortName(lane)) })
  const context = await browser.newContext()
  const open = async () => {
    const page = await context.newPage()
    page.setDefaultTimeout(0)
    await page.goto(server.url)
    await page.waitForFunction(() => window.bench !== undefined)
    return page
  }
  try {
    const first = await open()
    await first.evaluate((request) => window.bench.prepare(request), { size })
    await first.close()
    const page = await open()
    return await page.evaluate((request) => window.bench.run(request), { mode, size, names })
  } finally {
    await context.close()
    await server.close()
  }
}

// Starts the browser and bundles `lanes`; gives { run, close }. `run` is a place of places.mjs.
export async function openChromium(lanes, files) {
  for (const lane of lanes) await makePage(shortName(lane), files)
  const browser = await chromium.launch(chromiumOptions())
  return { run: (request) => runPage(browser, root, request), close: () => browser.close() }
}
