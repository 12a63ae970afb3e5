// Memory: opening and closing, and errors, leave nothing behind. The wasm's memory never shrinks,
// so what it grew by is what was lost.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installed } from '../package/support/installed.mjs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const kGrowthAtMost = 0.05

// A module whose memory can be seen: WebAssembly tells of every instance that is made.
async function watched() {
  const { instantiate } = WebAssembly
  let memory
  WebAssembly.instantiate = async (module, imports) => {
    const made = await instantiate(module, imports)
    memory = Object.values((made.instance ?? made).exports).find(
      (one) => one instanceof WebAssembly.Memory,
    )
    return made
  }
  const entry = pathToFileURL(join(installed, 'dist', 'sqljs.node.js'))
  entry.search = 'watched'
  const { default: init } = await import(entry.href)
  const sqlJs = await init()
  WebAssembly.instantiate = instantiate
  return { sqlJs, bytes: () => memory.buffer.byteLength }
}

const { sqlJs, bytes } = await watched()

function assertNoGrowth(times, work) {
  for (let i = 0; i < times / 10; i++) work(i)
  const before = bytes()
  for (let i = 0; i < times; i++) work(i)
  assert.ok(bytes() - before <= before * kGrowthAtMost, `${before} bytes became ${bytes()}`)
}

test('1,000 databases opened and closed leave nothing behind', () => {
  const first = new sqlJs.Database()
  first.run('create table t(a, b); insert into t values (1, zeroblob(100000))')
  const file = first.export()
  assertNoGrowth(1000, (i) => {
    const db = new sqlJs.Database(file)
    db.create_function('f', (a) => `${a}`)
    db.create_aggregate('s', { step: (sum, a) => sum + a })
    db.updateHook(() => undefined)
    db.prepare('select f(a), s(a) from t').step()
    db.run('insert into t values (?, ?)', [i, 'text'])
    for (const statement of db.iterateStatements('select 1; select 2')) statement.step()
    db.close()
  })
  first.close()
})

test('10,000 errors leave nothing behind', () => {
  const db = new sqlJs.Database()
  db.run('create table t(a unique); insert into t values (1)')
  db.create_function('f', () => {
    throw new Error('x'.repeat(200))
  })
  const mistakes = [
    () => db.exec('selec'),
    () => db.exec('select f()'),
    () => db.run('insert into t values (?)', [1]),
    () => db.run('insert into t values (1)'),
    () => db.exec('select ?', [{}]),
    () => db.exec('select ?', ['x'.repeat(70_000), 2]),
    () => [...db.iterateStatements('select 1; bad')],
  ]
  assertNoGrowth(10_000, (i) => assert.throws(mistakes[i % mistakes.length], () => true))
  db.close()
})
