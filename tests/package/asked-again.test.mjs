// What a tab asks again, because the tab that owned the catalog is gone: the messages of a worker.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importInner } from './support/inner.mjs'
import { installed } from './support/installed.mjs'

// ask(operation) asks for it once more: its reply.
async function worker(t) {
  const { startWorker } = await importInner(t, 'start-worker.js')
  const port = startWorker()
  const next = (message) =>
    new Promise((resolve) => {
      port.onmessage = resolve
      port.post(message)
    })
  const wasm = readFileSync(join(installed, 'dist', 'vitrine.wasm'))
  await next({ open: { name: 'shop', storage: 'memory', wasm } })
  t.after(() => next({ close: true }))
  let id = 0
  return async (operation) => {
    const request = { id: ++id, lease: 0, depth: 0, operation, again: true }
    return (await next({ request })).reply
  }
}

test('a step that may have gone back is not taken again; the history is only read', async (t) => {
  const ask = await worker(t)
  for (const step of ['undo', 'redo']) {
    assert.equal((await ask({ do: step })).failure.reason, 'answer_lost', step)
  }
  assert.deepEqual((await ask({ do: 'history' })).answer.value, { undo: [], redo: [] })
})
