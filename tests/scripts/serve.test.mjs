// The server of the page: its headers, its manners, and what it says about ports.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chosenPort, serve, serveOnFreePort, strictPolicy } from '../../scripts/lib/serve.mjs'

// A folder with a page in it, and a secret beside it; gone after the test.
function page(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const root = join(folder, 'dist')
  mkdirSync(root)
  writeFileSync(join(root, 'index.html'), '<!doctype html><p>page')
  writeFileSync(join(root, 'a.wasm'), '\0asm')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  return root
}

async function serving(t, options) {
  const server = await serve({ root: page(t), ...options })
  t.after(() => server.close())
  return server
}

// The status of a raw path: fetch would tidy it first.
function statusOf(port, path, method = 'GET') {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, host: '127.0.0.1' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    sent.on('error', reject).end()
  })
}

test('every answer carries the strict policy, the refusals too', async (t) => {
  const { url } = await serving(t)
  for (const [path, status] of [
    ['', 200],
    ['missing.js', 404],
  ]) {
    const response = await fetch(url + path)
    assert.equal(response.status, status)
    assert.equal(response.headers.get('content-security-policy'), strictPolicy)
  }
})

test('the wasm has the type that streaming compilation asks for', async (t) => {
  const { url } = await serving(t)
  const response = await fetch(`${url}a.wasm`)
  assert.equal(response.headers.get('content-type'), 'application/wasm')
  assert.equal((await response.arrayBuffer()).byteLength, 4)
})

test('an address without an extension is a view of the page', async (t) => {
  const { url } = await serving(t)
  const response = await fetch(`${url}product/12`)
  assert.equal(response.status, 200)
  assert.match(await response.text(), /page/)
})

test('nothing outside of the folder is served', async (t) => {
  const { port } = await serving(t)
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/a%00.wasm']) {
    assert.equal(await statusOf(port, path), 404, path)
  }
  assert.equal(await statusOf(port, '/%'), 404)
})

test('it only reads', async (t) => {
  const { port } = await serving(t)
  assert.equal(await statusOf(port, '/', 'POST'), 405)
  assert.equal(await statusOf(port, '/', 'HEAD'), 200)
})

test('a port that PORT names and that is taken is an error that names PORT', async (t) => {
  const { port } = await serving(t)
  const again = serveOnFreePort({ root: page(t), portText: String(port) })
  await assert.rejects(again, { name: 'Advice', message: /named by PORT, is in use: stop what/ })
})

test('without PORT the next free port is taken', async (t) => {
  const { port } = await serving(t)
  const next = await serveOnFreePort({ root: page(t), portText: undefined, first: port })
  t.after(() => next.close())
  assert.ok(next.port > port, `${next.port} comes after ${port}`)
})

test('PORT that is no port is said before anything is built', () => {
  assert.equal(chosenPort(undefined), null)
  assert.equal(chosenPort(''), null)
  assert.equal(chosenPort('8080'), 8080)
  for (const text of ['http', '-1', '65536', '80.5']) {
    assert.throws(() => chosenPort(text), { name: 'Advice', message: /is no port/ }, text)
  }
})
