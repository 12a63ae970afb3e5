// The lanes that keep their rows in the storage of the browser: each in a profile of its own on the
// disk, since the storage of a private window is memory.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../../scripts/lib/chromium.mjs'
import { serve } from '../../../scripts/lib/serve.mjs'
import { writePictures } from './pictures.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const root = here('../../../build/bench/kept')
const resolved = (name) => fileURLToPath(import.meta.resolve(name))

const kHtml = '<!doctype html><meta charset="utf-8"><title>bench</title><body>bench</body>'
const kScript = '<script type="module" src="/page.js"></script>'

// SQLocal waits for its file in shared memory, which only such pages have.
const kIsolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}
const headersOf = { sqlocal: kIsolated }

const ours = () => [resolved('vitrine/vitrine.wasm')]
const official = (folder) =>
  ['sqlite3.wasm', 'sqlite3-opfs-async-proxy.js'].map((name) => join(folder, name))
const besideOf = {
  vitrine: ours,
  'in-thread': ours,
  handle: ours,
  'asked-handle': ours,
  pictures: () => [...ours(), resolved('../../../web/package/dist/ingest-worker.js')],
  sahpool: () => official(dirname(resolved('@sqlite.org/sqlite-wasm/sqlite3.wasm'))),
  'bare-pictures': () => official(dirname(resolved('@sqlite.org/sqlite-wasm/sqlite3.wasm'))),
  sqlocal: () =>
    official(here('../node_modules/sqlocal/node_modules/@sqlite.org/sqlite-wasm/dist')),
}

// A worker of the lane's own, where it has one. SQLocal's is bundled as it comes.
const workerOf = {
  handle: here('lanes/handle-worker.mjs'),
  'asked-handle': here('lanes/asked-handle-worker.mjs'),
  sahpool: here('lanes/sahpool-worker.mjs'),
  'bare-pictures': here('lanes/bare-pictures-worker.mjs'),
  sqlocal: here('../node_modules/sqlocal/dist/worker.js'),
}

const shortName = (lane) => lane.replace('kept:', '')

function bundle(entryPoint, outfile, lane) {
  const how = { bundle: true, format: 'esm', minify: true, platform: 'browser', logLevel: 'error' }
  return build({ entryPoints: [entryPoint], outfile, ...how, alias: { lane } })
}

// The worker of the package, which also counts.
async function makeWorker(folder) {
  const script = await readFile(
    join(dirname(resolved('vitrine/vitrine.wasm')), 'worker.js'),
    'utf8',
  )
  const counting = await readFile(here('counting.js'), 'utf8')
  await writeFile(join(folder, 'worker.js'), `{${counting}}\n${script}`)
}

async function makePage(name, { file }) {
  const folder = join(root, name)
  await mkdir(folder, { recursive: true })
  await bundle(here('page.mjs'), join(folder, 'page.js'), here(`lanes/${name}.mjs`))
  const worker = workerOf[name]
  if (worker) await bundle(worker, join(folder, 'own-worker.js'), worker)
  await makeWorker(folder)
  await writeFile(join(folder, 'index.html'), kHtml + kScript)
  await copyFile(file, join(folder, 'goods.sqlite'))
  if (name.endsWith('pictures')) await writePictures(folder)
  for (const path of besideOf[name]?.() ?? [])
    await copyFile(path, join(folder, path.split('/').at(-1)))
}

async function openPage(context, url) {
  const page = await context.newPage()
  page.setDefaultTimeout(0)
  await page.goto(url)
  await page.waitForFunction(() => window.bench !== undefined)
  return page
}

// The most that the processes of all pages have had in memory, with their workers. Linux tells.
async function peakMemory_mb(context) {
  const devtools = await context.browser().newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'latin1'))[1])
  return Math.max(...peaks) / 1024
}

// What `work` gives of a page of the lane, in a browser of its own.
async function inBrowser(profile, url, work) {
  const context = await chromium.launchPersistentContext(profile, chromiumOptions())
  try {
    return await work(await openPage(context, url), context)
  } finally {
    await context.close()
  }
}

const kMemory = 'peak memory of the page'
const prepare = (page, request) => page.evaluate((asked) => window.bench.prepare(asked), request)
const run = (page, request) => page.evaluate((asked) => window.bench.run(asked), request)

async function memory(page, context, request) {
  await page.evaluate((asked) => window.bench.hold(asked), request)
  return { [kMemory]: { values: [await peakMemory_mb(context)] } }
}

async function runLane({ lane, size, names }) {
  const name = shortName(lane)
  const server = await serve({ root: join(root, name), headers: headersOf[name] })
  const profile = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const request = { size, names }
  try {
    await inBrowser(profile, server.url, (page) => prepare(page, request))
    const results = await inBrowser(profile, server.url, (page) => run(page, request))
    if (!names.includes(kMemory) || !('graph to the page' in results)) return results
    const held = await inBrowser(profile, server.url, (...open) => memory(...open, request))
    return { ...results, ...held }
  } finally {
    await server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

// Bundles `lanes`; gives a place of places.mjs.
export async function openKept(lanes, files) {
  for (const lane of lanes) await makePage(shortName(lane), files)
  return runLane
}
