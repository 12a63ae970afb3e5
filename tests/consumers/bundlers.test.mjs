// Fresh projects that have installed the packed package, built by three bundlers with the settings
// that they start with, and run in Chromium under the strict policy, in the page and in a worker.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { findBrowser } from '../../scripts/lib/needs.mjs'
import { realProbes } from '../../scripts/lib/probes.mjs'
import { serve } from '../../scripts/lib/serve.mjs'
import { consumer, installed, root } from '../package/support/installed.mjs'

const run = promisify(execFile)
const kTimeout_ms = 60_000
const kExpected = 'Boots | pair | 1 | name\r\nBoots | 1 | UNIQUE'

let browser
before(async () => {
  browser = await chromium.launch({
    executablePath: findBrowser(realProbes()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
after(() => browser?.close())

// A project of its own beside the installed package.
async function project(t, name) {
  const folder = join(consumer, `${name}-${process.pid}`)
  await cp(join(root, 'tests', 'consumers', 'project'), folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

const bundle = (folder, program, ...args) =>
  run(process.execPath, [join(root, 'node_modules', ...program), ...args], { cwd: folder })

// What the page at `folder` shows, and everything that the browser complained about.
async function shown(t, folder) {
  const server = await serve({ root: folder })
  t.after(() => server.close())
  const page = await browser.newPage()
  t.after(() => page.close())
  page.setDefaultTimeout(kTimeout_ms)
  const complaints = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(server.url)
  const text = async (id) => (await page.waitForSelector(`#${id}`)).textContent()
  const shops = { page: await text('page'), worker: await text('worker') }
  return { ...shops, kept: await text('kept'), complaints }
}

const worked = { page: kExpected, worker: kExpected, kept: 'opfs | pair | 1', complaints: [] }

test('a Vite project works as it starts', async (t) => {
  const folder = await project(t, 'vite')
  await bundle(folder, ['vite', 'bin', 'vite.js'], 'build', '--logLevel', 'error')
  assert.deepEqual(await shown(t, join(folder, 'dist')), worked)
})

test('a webpack project works as it starts', async (t) => {
  const folder = await project(t, 'webpack')
  const { default: webpack } = await import('webpack')
  const output = { path: join(folder, 'dist') }
  const compiler = webpack({ mode: 'production', context: folder, entry: './main.js', output })
  const stats = await promisify(compiler.run.bind(compiler))()
  assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).errors, [])
  const html = '<!doctype html><link rel="icon" href="data:,"><body><script src="main.js"></script>'
  await writeFile(join(folder, 'dist', 'index.html'), html)
  assert.deepEqual(await shown(t, join(folder, 'dist')), worked)
})

test('an esbuild project works with the wasm and the worker beside its output', async (t) => {
  const folder = await project(t, 'esbuild')
  const { build } = await import('esbuild')
  const entryPoints = ['main.js', 'shop-worker.js'].map((name) => join(folder, name))
  const outdir = join(folder, 'dist')
  await build({ entryPoints, outdir, bundle: true, format: 'esm', minify: true })
  await mkdir(outdir, { recursive: true })
  await copyFile(join(folder, 'index.html'), join(outdir, 'index.html'))
  for (const name of ['vitrine.wasm', 'worker.js']) {
    await copyFile(join(installed, 'dist', name), join(outdir, name))
  }
  assert.deepEqual(await shown(t, outdir), worked)
})

test('Node runs it without compiling code from text', async (t) => {
  const folder = await project(t, 'node')
  const program = "import('./shop.js').then(({ runShop }) => runShop()).then(console.log)"
  const flags = ['--disallow-code-generation-from-strings', '-e', program]
  const { stdout } = await run(process.execPath, flags, { cwd: folder })
  assert.equal(stdout, `${kExpected}\n`)
})
