// Fresh projects that have installed the packed package, built by three bundlers with the settings
// that they start with, and run in Chromium under the strict policy, in the page and in a worker.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../scripts/lib/chromium.mjs'
import { serve } from '../../scripts/lib/serve.mjs'
import { consumer, installed, root } from '../package/support/installed.mjs'

const run = promisify(execFile)
const kTimeout_ms = 60_000
const kExpected = 'Boots | pair | 1 | name\r\nBoots | 1 | UNIQUE'

let browser
before(async () => {
  browser = await chromium.launch(chromiumOptions())
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

// What the page in `folder` shows, and everything that the browser complained about.
async function shown(t, folder) {
  const server = await serve({ root: folder })
  t.after(() => server.close())
  return shownAt(t, server.url)
}

async function shownAt(t, url) {
  const page = await browser.newPage()
  t.after(() => page.close())
  page.setDefaultTimeout(kTimeout_ms)
  const complaints = []
  page.on('console', (message) => {
    if (message.type() !== 'debug') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
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

test("Vite's development server works as it starts", async (t) => {
  const root = await project(t, 'vite-dev')
  const { createServer } = await import('vite')
  const server = await createServer({ root, logLevel: 'error', configFile: false })
  t.after(() => server.close())
  await server.listen(0)
  assert.deepEqual(await shownAt(t, server.resolvedUrls.local[0]), worked)
})

// As that of Vite 5 to 7 does it: bundled by esbuild into a folder of copies, without the wasm and
// the workers.
test('scripts that a development server copied find what they were installed with', async (t) => {
  const folder = await project(t, 'copied')
  const { build } = await import('esbuild')
  const entryPoints = ['main.js', 'shop-worker.js'].map((name) => join(folder, name))
  const outdir = join(folder, 'node_modules', '.vite', 'deps')
  await build({ entryPoints, outdir, bundle: true, splitting: true, format: 'esm' })
  const own = join(folder, 'node_modules', 'vitrine', 'dist')
  await mkdir(own, { recursive: true })
  for (const name of ['vitrine.wasm', 'worker.js']) {
    await copyFile(join(installed, 'dist', name), join(own, name))
  }
  const script = '<script type="module" src="node_modules/.vite/deps/main.js"></script>'
  const html = `<!doctype html><link rel="icon" href="data:,"><body>${script}`
  await writeFile(join(folder, 'index.html'), html)
  assert.deepEqual(await shown(t, folder), worked)
})

// `url` 'relative', as Next.js has it, gives addresses without an origin.
for (const url of [true, 'relative']) {
  test(`a webpack project works as it starts, with addresses: ${url}`, async (t) => {
    const folder = await project(t, `webpack-${url}`)
    const { default: webpack } = await import('webpack')
    const output = { path: join(folder, 'dist') }
    const module = { parser: { javascript: { url } } }
    const settings = { mode: 'production', context: folder, entry: './main.js', output, module }
    const compiler = webpack(settings)
    const stats = await promisify(compiler.run.bind(compiler))()
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).errors, [])
    const html =
      '<!doctype html><link rel="icon" href="data:,"><body><script src="main.js"></script>'
    await writeFile(join(folder, 'dist', 'index.html'), html)
    assert.deepEqual(await shown(t, join(folder, 'dist')), worked)
  })
}

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
