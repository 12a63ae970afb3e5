// What sql.js's own answers cannot show: how the module is found and started, what the package says
// where sql.js says less, and what lasts.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { installed } from '../package/support/installed.mjs'
import { initOurs, ours, requireInstalled } from './support/both.mjs'
import { startSqlJs } from './support/start.mjs'

const wasmFile = join(installed, 'dist', 'vitrine.wasm')

test('the module is started once, whatever the config', async () => {
  const again = initOurs({ locateFile: () => '/nowhere' })
  assert.equal(await again, ours)
  assert.equal(again, initOurs())
})

test('CommonJS gives the function itself, under both names of the entry', async () => {
  const initSqlJs = requireInstalled('vitrine/sqljs')
  assert.equal(typeof initSqlJs, 'function')
  assert.equal(initSqlJs.default, initSqlJs)
  assert.equal(requireInstalled('vitrine/sql.js'), initSqlJs)
  const { Database } = await initSqlJs()
  const db = new Database()
  assert.deepEqual(db.exec('select 1 as one'), [{ columns: ['one'], values: [[1]] }])
  db.close()
})

test('locateFile() is asked for vitrine.wasm, and may answer with a path', async () => {
  const asked = []
  const locateFile = (name, prefix) => (asked.push([name, prefix.endsWith('/dist/')]), wasmFile)
  const { Database } = await startSqlJs({ locateFile })
  assert.deepEqual(asked, [['vitrine.wasm', true]])
  new Database().close()
})

test('wasmBinary takes the bytes', async () => {
  const { Database } = await startSqlJs({ wasmBinary: readFileSync(wasmFile) })
  new Database().close()
})

test("sql.js's own wasm is named where it is handed over", async () => {
  const theirWasm = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm')
  const expected = {
    code: 'WASM_LOAD',
    message: /sql-wasm\.wasm does not fit: serve vitrine\.wasm/,
  }
  await assert.rejects(startSqlJs({ locateFile: () => theirWasm }), expected)
  await assert.rejects(startSqlJs({ wasmBinary: readFileSync(theirWasm) }), expected)
})

test('a start that failed can be tried again', async () => {
  const files = ['/nowhere/vitrine.wasm', wasmFile]
  const { default: init } = await import(`${join(installed, 'dist', 'sqljs.node.js')}?again`)
  const locateFile = () => files.shift()
  await assert.rejects(init({ locateFile }), { code: 'WASM_LOAD' })
  new (await init({ locateFile })).Database().close()
})

test('a database needs new', () => {
  assert.throws(() => ours.Database(), TypeError)
})

test('the stack is where it was after thousands of calls and errors', () => {
  const db = new ours.Database()
  const before = ours.stackSave()
  for (let i = 0; i < 3000; i++) {
    db.exec('select ?', [i])
    assert.throws(() => db.exec('selec'))
  }
  assert.equal(ours.stackSave(), before)
  db.close()
})

test('full-text search of today and sessions are there, that of yesterday is not', () => {
  const db = new ours.Database()
  db.run("create virtual table f using fts5(text); insert into f values ('hiking boots')")
  assert.deepEqual(db.exec("select text from f('boots')")[0].values, [['hiking boots']])
  assert.throws(() => db.run('create virtual table g using fts4(text)'), /no such module: fts4/)
  db.close()
})

test('lone surrogates are stored as one replacement character', () => {
  const db = new ours.Database()
  assert.deepEqual(db.exec('select ?', ['\ud800'])[0].values, [['\ufffd']])
  db.close()
})

test('a file in WAL mode is read, and exported without', () => {
  const db = new ours.Database()
  db.run('create table t(a)')
  const file = db.export()
  file.set([2, 2], 18)
  const again = new ours.Database(file)
  again.run('insert into t values (1)')
  assert.deepEqual([...again.export().subarray(18, 20)], [1, 1])
  db.close()
  again.close()
})

test('what differs from sql.js is what the docs name', () => {
  const db = new ours.Database()
  const one = (sql) => db.exec(sql)[0].values[0][0]
  assert.equal(one('pragma journal_mode'), 'memory')
  assert.equal(one("select x'61' like 'a'"), 0)
  assert.equal(one("select rightstr('abc', -1)"), '')
  assert.equal(
    one('select mode(column1) from (values (4294967297), (4294967297), (1))'),
    4294967297,
  )
  db.run('create table t(a); pragma page_size = 8192; vacuum')
  assert.equal(one('pragma page_size'), 4096)
  assert.deepEqual(db.exec('pragma compile_options'), [])
  assert.throws(() => db.exec(`select 1${' + 1'.repeat(800)}`), /maximum depth 700/)
  db.close()
})
