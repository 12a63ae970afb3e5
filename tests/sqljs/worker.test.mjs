// The worker: sql.js's messages, in Node and in Chromium, from the module and the classic script.
import assert from 'node:assert/strict'
import { mkdir, copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Worker as NodeWorker } from 'node:worker_threads'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { chromiumOptions } from '../../scripts/lib/chromium.mjs'
import { serve } from '../../scripts/lib/serve.mjs'
import { consumer, installed } from '../package/support/installed.mjs'
import { requireInstalled } from './support/both.mjs'

const kTimeout_ms = 60_000

// What is sent, and the answers, which carry the same ids.
const messages = [
  { id: 1, action: 'open' },
  {
    id: 2,
    action: 'exec',
    sql: 'create table t(a, b); insert into t values (1, :b)',
    params: { ':b': 'x' },
  },
  {
    id: 3,
    action: 'exec',
    sql: 'select * from t; select a as n from t',
    config: { useBigInt: true },
  },
  { id: 4, action: 'getRowsModified' },
  { id: 5, action: 'each', sql: 'select a, b from t where a = ?', params: [1] },
  { id: 6, action: 'exec' },
  { id: 7, action: 'exec', sql: 'selec' },
  { id: 8, action: 'dance' },
  { id: 9, action: 'export' },
  { id: 10, action: 'close' },
  { id: 11, action: 'open' },
  { id: 12, action: 'exec', sql: 'select count(*) from sqlite_master' },
]
const answers = [
  { id: 1, ready: true },
  { id: 2, results: [] },
  {
    id: 3,
    results: [
      { columns: ['a', 'b'], values: [['1n', 'x']] },
      { columns: ['n'], values: [['1n']] },
    ],
  },
  { id: 4, rowsModified: 1 },
  { id: 5, row: { a: 1, b: 'x' }, finished: false },
  { id: 5, finished: true },
  { id: 6, error: 'exec: Missing query string' },
  { id: 7, error: 'near "selec": syntax error' },
  { id: 8, error: 'Invalid action : dance' },
  { id: 9, buffer: 8192 },
  { id: 10 },
  { id: 11, ready: true },
  { id: 12, results: [{ columns: ['count(*)'], values: [[0]] }] },
]

// An answer as JSON has it: bytes by their number, BigInts as text.
const tell = (answer) =>
  JSON.parse(
    JSON.stringify(answer, (_name, value) => {
      if (typeof value === 'bigint') return `${value}n`
      return value?.byteLength ?? value
    }),
  )

test('in Node', { timeout: kTimeout_ms }, async () => {
  const worker = new NodeWorker(requireInstalled.resolve('vitrine/sqljs/worker'))
  const given = []
  const all = new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (answer) => {
      given.push(tell(answer))
      if (given.length === answers.length) resolve()
    })
  })
  for (const message of messages) worker.postMessage(message)
  await all
  await worker.terminate()
  assert.deepEqual(given, answers)
})

let browser
before(async () => {
  browser = await chromium.launch(chromiumOptions())
})
after(() => browser?.close())

const page =
  '<!doctype html><link rel="icon" href="data:,"><body><script src="page.js"></script></body>'

const script = (start) => `const tell = ${tell};
async function ask(worker, messages, count) {
  const given = []
  await new Promise((resolve) => {
    worker.onmessage = ({ data }) => { if (given.push(tell(data)) === count) resolve() }
    for (const message of messages) worker.postMessage(message)
  })
  document.body.textContent = JSON.stringify(given)
  document.body.id = 'done'
}
ask(${start}, ${JSON.stringify(messages)}, ${answers.length})`

async function answersOf(t, start) {
  const folder = join(consumer, `sqljs-worker-${process.pid}-${start.length}`)
  await mkdir(folder)
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'index.html'), page)
  await writeFile(join(folder, 'page.js'), script(start))
  await copyFile(join(installed, 'dist', 'vitrine.wasm'), join(folder, 'vitrine.wasm'))
  await copyFile(join(installed, 'dist', 'sqljs-worker.classic.js'), join(folder, 'worker.js'))
  const entryPoints = [join(installed, 'dist', 'sqljs-worker.js')]
  await build({ entryPoints, outfile: join(folder, 'module.js'), bundle: true, format: 'esm' })
  const server = await serve({ root: folder })
  t.after(() => server.close())
  const tab = await browser.newPage()
  t.after(() => tab.close())
  await tab.goto(server.url)
  const done = await tab.waitForSelector('#done', { timeout: kTimeout_ms })
  return JSON.parse(await done.textContent())
}

test('in Chromium, as the classic script', async (t) => {
  assert.deepEqual(await answersOf(t, "new Worker('worker.js')"), answers)
})

test('in Chromium, as a module', async (t) => {
  assert.deepEqual(await answersOf(t, "new Worker('module.js', { type: 'module' })"), answers)
})
