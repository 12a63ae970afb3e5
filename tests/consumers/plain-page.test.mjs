// A page without a bundler: an import map says where the package's scripts are, below a folder of a
// server that knows what .js is and takes every other file for bytes.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../scripts/lib/chromium.mjs'
import { installed } from '../package/support/installed.mjs'

const kTimeout_ms = 60_000
const imports = { vitrine: '/static/lib/index.js', 'vitrine/sync': '/static/lib/sync.js' }
const kPage = `<!doctype html><base href="/elsewhere/"><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>`
const kInFrame = `${kPage}<iframe sandbox="allow-scripts" src="/page"></iframe>`

let browser
let server
let url
before(async () => {
  server = createServer((request, response) => answer(request.url, response))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://localhost:${server.address().port}`
  browser = await chromium.launch(chromiumOptions())
})
after(async () => {
  await browser?.close()
  server?.close()
})

async function answer(path, response) {
  const name = path.replace('/static/lib/', '')
  const isPage = name === path
  const body = isPage ? pageOf(path) : await readFile(join(installed, 'dist', name))
  const type = isPage ? 'text/html' : typeOf(name)
  response.writeHead(200, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
  })
  response.end(body)
}

const pageOf = (path) => (path === '/framed' ? kInFrame : kPage)
const typeOf = (name) => (name.endsWith('.js') ? 'text/javascript' : 'application/octet-stream')

// The page at `path`, or the frame in it.
async function open(t, path) {
  const page = await browser.newPage()
  t.after(() => page.close())
  page.setDefaultTimeout(kTimeout_ms)
  await page.goto(url + path)
  return page.frames().at(-1)
}

// What openCatalog of an entry says, and how many units it holds after one was made.
const units = (frame, entry, options) =>
  frame.evaluate(
    async ([name, given]) => {
      const { openCatalog } = await import(name)
      try {
        const db = await openCatalog(given)
        await db.uom.create({ name: `${Math.random()}` })
        const count = await db.uom.count()
        await db.close()
        return count
      } catch ({ code, message }) {
        return `${code}: ${message}`
      }
    },
    [entry, options],
  )

test('a page without a bundler has both catalogs, and keeps what is to be kept', async (t) => {
  const page = await open(t, '/page')
  assert.equal(await units(page, 'vitrine/sync', {}), 1)
  assert.equal(await units(page, 'vitrine', { name: 'shop' }), 1)
  await page.goto(`${url}/page`)
  assert.equal(await units(page, 'vitrine', { name: 'shop' }), 2)
})

test('in a sandboxed frame no worker starts, and the catalog of the page does', async (t) => {
  const frame = await open(t, '/framed')
  const refused = await units(frame, 'vitrine', { storage: 'memory' })
  assert.match(refused, /^WASM_LOAD: No worker starts here: .* or use vitrine\/sync/)
  assert.equal(await units(frame, 'vitrine/sync', {}), 1)
})
