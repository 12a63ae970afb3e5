// Loading the module: from where it may come, and what is said when something else comes.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { compileFunction, runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { consumer, importCsv, installed, openCatalog } from './support/installed.mjs'
import { rejection } from './support/shop.mjs'

const file = join(installed, 'dist', 'vitrine.wasm')
const bytes = readFileSync(file)
const run = promisify(execFile)

async function works(wasm) {
  const db = await openCatalog({ wasm })
  assert.equal(db.uom.create({ name: 'kg' }).id, 1)
  db.close()
}

// Serves `answers` by path while `work` runs with the server's address.
async function served(answers, work) {
  const server = createServer((request, response) => {
    const { status = 200, type, body, cut = false } = answers[request.url]
    response.writeHead(status, { 'content-type': type, 'content-length': body.length })
    if (!cut) return response.end(body)
    response.write(body.subarray(0, body.length / 2))
    return setImmediate(() => response.destroy())
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${server.address().port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

test('the module may be a path, an address, bytes, or compiled already', async () => {
  await works(file)
  await works(pathToFileURL(file))
  await works(pathToFileURL(file).href)
  await works(new Uint8Array(bytes))
  await works(new Uint8Array(bytes).buffer)
  await works(await WebAssembly.compile(bytes))
})

test('the module may be fetched, or be what a fetch gave', () =>
  served({ '/vitrine.wasm': { type: 'application/wasm', body: bytes } }, async (url) => {
    await works(`${url}/vitrine.wasm`)
    await works(await fetch(`${url}/vitrine.wasm`))
  }))

test('a page instead of the module is told apart, with address, status and type', () => {
  const page = { type: 'text/html', body: Buffer.from('<!doctype html><title>Shop</title>') }
  const answers = { '/index': page, '/missing': { ...page, status: 404 } }
  return served(answers, async (url) => {
    const html = await rejection(openCatalog({ wasm: `${url}/index` }), { code: 'WASM_LOAD' })
    assert.match(html.message, /got HTML from http:\S+\/index, status 200, text\/html/)
    const response = await fetch(`${url}/missing`)
    const missing = await rejection(openCatalog({ wasm: response }), { code: 'WASM_LOAD' })
    assert.match(missing.message, /got HTML from http:\S+\/missing, status 404, text\/html/)
    await rejection(openCatalog({ wasm: response }), { code: 'WASM_LOAD' })
  })
})

test('a module that came half is told apart', () => {
  const whole = { type: 'application/wasm', body: bytes, cut: true }
  const half = { type: 'application/wasm', body: bytes.subarray(0, bytes.length / 2) }
  return served({ '/cut': whole, '/half': half }, async (url) => {
    for (const path of ['/cut', '/half']) {
      await rejection(openCatalog({ wasm: `${url}${path}` }), { code: 'WASM_LOAD' })
    }
  })
})

test('what is no module at all is refused', async () => {
  const wrong = [new Uint8Array(), 'missing.wasm', 'http://127.0.0.1:1/none.wasm', 5, {}]
  for (const wasm of wrong) await rejection(openCatalog({ wasm }), { code: 'WASM_LOAD' })
})

test('a module of something else, or of another version, is refused', async () => {
  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  const others = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'))
  for (const wasm of [empty, others]) {
    const error = await rejection(openCatalog({ wasm }), { code: 'WASM_LOAD' })
    assert.match(error.message, /does not fit this version of the package: serve/)
  }
})

test('a failed load is tried again the next time', async () => {
  const answers = { '/late': { type: 'text/plain', body: Buffer.from('not yet') } }
  await served(answers, async (url) => {
    await rejection(openCatalog({ wasm: `${url}/late` }), { code: 'WASM_LOAD' })
    answers['/late'] = { type: 'application/wasm', body: bytes }
    await works(`${url}/late`)
  })
})

test('no code is compiled from text', async () => {
  const program = `
    import { openCatalog } from 'vitrine/sync'
    const db = await openCatalog()
    const category = { create: { name: 'c', description: '' } }
    db.product.create({ name: 'a', description: 'b', category })
    console.log(db.product.find({ include: { category: true } })[0].category.name)
    try { new Function('1') } catch { console.log('strict') }`
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '-e', program]
  const { stdout } = await run(process.execPath, flags, { cwd: consumer })
  assert.equal(stdout, 'c\nstrict\n')
})

test('importing the package does nothing by itself', async () => {
  const program = `
    globalThis.fetch = () => { throw new Error('fetched') }
    WebAssembly.compile = () => { throw new Error('compiled') }
    const before = Object.keys(globalThis).length
    await import('vitrine/sync')
    console.log(Object.keys(globalThis).length - before)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: consumer,
  })
  assert.equal(stdout, '0\n')
})

// How often the module was instantiated while `work` ran.
async function instances(t, work) {
  const { instantiate } = WebAssembly
  let count = 0
  WebAssembly.instantiate = (...values) => {
    count++
    return instantiate.apply(WebAssembly, values)
  }
  t.after(() => (WebAssembly.instantiate = instantiate))
  await work()
  return count
}

test('a catalog begins in the memory of one that was closed, and sees nothing of it', async (t) => {
  const wasm = await WebAssembly.compile(bytes)
  const count = await instances(t, async () => {
    for (let n = 0; n < 3; n++) {
      const db = await openCatalog({ wasm })
      assert.deepEqual(db.category.find(), [])
      assert.deepEqual(db.raw.exec('SELECT count(*) FROM product')[0].values, [[0]])
      assert.equal(db.category.create({ name: 'Boots', description: '' }).id, 1)
      db.close()
      assert.throws(() => db.category.find(), { code: 'CLOSED' })
    }
  })
  assert.equal(count, 1)
})

test('catalogs that are open at the same time share nothing', async (t) => {
  const wasm = await WebAssembly.compile(bytes)
  const count = await instances(t, async () => {
    const first = await openCatalog({ wasm })
    const second = await openCatalog({ wasm })
    first.uom.create({ name: 'kg' })
    assert.equal(second.uom.count(), 0)
    first.close()
    second.uom.create({ name: 'g' })
    const third = await openCatalog({ wasm })
    assert.deepEqual([second.uom.count(), third.uom.count()], [1, 0])
    second.close()
    third.close()
  })
  assert.equal(count, 2)
})

test('memory that has grown large is not kept for the next catalog', async (t) => {
  const wasm = await WebAssembly.compile(bytes)
  const description = 'x'.repeat(25_000)
  const count = await instances(t, async () => {
    const large = await openCatalog({ wasm })
    large.category.createMany(
      Array.from({ length: 3000 }, (_, n) => ({ name: `${n}`, description })),
    )
    large.close()
    ;(await openCatalog({ wasm })).close()
  })
  assert.equal(count, 2)
})

// The entry's openCatalog as a page or a program has it that loads no modules. `define` stands for
// what such a script has not.
async function bundledAsScript(entry, platform, define = {}) {
  const { outputFiles } = await build({
    stdin: { contents: `export { openCatalog } from '${entry}'`, resolveDir: consumer },
    bundle: true,
    format: 'cjs',
    platform,
    define,
    write: false,
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  })
  const script = { exports: {} }
  const require = createRequire(import.meta.url)
  compileFunction(outputFiles[0].text, ['module', 'require'])(script, require)
  return script.exports.openCatalog
}

test('bundled as a script it starts with the module given, or asks for one', async () => {
  const open = await bundledAsScript('vitrine/sync', 'browser')
  const db = await open({ wasm: new Uint8Array(bytes) })
  assert.equal(db.category.count(), 0)
  db.close()
  await assert.rejects(open(), { code: 'WASM_LOAD', path: 'wasm' })
})

test('so does the entry with promises, which in a browser has no worker then', async () => {
  const wasm = new Uint8Array(bytes)
  const open = await bundledAsScript('vitrine', 'node')
  const db = await open({ storage: 'memory', wasm })
  assert.equal(await db.category.count(), 0)
  await db.close()
  await assert.rejects(open({ storage: 'memory' }), { code: 'WASM_LOAD', path: 'wasm' })
  const inBrowser = await bundledAsScript('vitrine', 'browser')
  const noWorker = { code: 'WASM_LOAD', message: /bundle for modules, or use vitrine\/sync/ }
  await assert.rejects(inBrowser({ storage: 'memory', wasm }), noWorker)
})

test('where there are no workers, as in a service worker, it is said', async () => {
  const at = { 'import.meta.url': '"https://shop.test/page.js"' }
  const open = await bundledAsScript('vitrine', 'browser', at)
  await assert.rejects(open({ storage: 'memory' }), ({ code, message, cause }) => {
    assert.equal(code, 'WASM_LOAD')
    assert.match(message, /No worker starts here: .*use vitrine\/sync/)
    return /Worker is not defined/.test(cause.message)
  })
})

// Frames have classes of their own, and so have the surroundings in which Jest and Vitest run.
test('bytes and dates may be those of another realm', async () => {
  const foreign = (code, values = {}) => runInNewContext(code, values)
  await works(foreign('Uint8Array.from(bytes)', { bytes }))
  await works(foreign('Uint8Array.from(bytes).buffer', { bytes }))
  const db = await openCatalog()
  importCsv(db, 'uom', foreign('Uint8Array.of(110, 97, 109, 101, 10, 107, 103)'))
  const data = db.export()
  for (const code of ['Uint8Array.from(data)', 'Uint8Array.from(data).buffer']) {
    db.replaceWith(foreign(code, { data }))
    const again = await openCatalog({ data: foreign(code, { data }) })
    assert.deepEqual([db.uom.count(), again.uom.count()], [1, 1])
    again.close()
    const { Database } = await createRequire(join(consumer, 'index.mjs'))('vitrine/sqljs')()
    const raw = new Database(foreign(code, { data }))
    assert.deepEqual(raw.exec('SELECT name FROM uom')[0].values, [['kg']])
    raw.close()
  }
  const day = foreign("new Date('2026-01-02T03:04:05Z')")
  assert.deepEqual(db.product_photo.find({ where: { created_at: { lt: day } } }), [])
  db.close()
})
