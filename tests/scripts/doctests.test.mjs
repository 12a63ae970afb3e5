// A doctest program is run in parts: each test counts once, and what ends without a summary failed.
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseDoctest } from '../../scripts/lib/counts.mjs'
import { run } from '../../scripts/lib/run.mjs'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))

async function ran(env, program = path('support/doctest-program.mjs')) {
  const args = [path('../../scripts/doctests.mjs'), process.execPath, program]
  return run(process.execPath, args, { env: { ...process.env, ...env } })
}

test('the parts of a program are counted as one run', async () => {
  const { code, output } = await ran({})
  assert.equal(code, 0)
  assert.deepEqual(parseDoctest(output), { passed: 10, failed: 0 })
})

test('a test that fails is one, and its output is shown', async () => {
  const { code, output } = await ran({ FAILS: '7' })
  assert.equal(code, 1)
  assert.deepEqual(parseDoctest(output), { passed: 9, failed: 1 })
  assert.match(output, /10 \| 9 passed \| 1 failed/)
})

test('a part that ends without a summary has failed as a whole', async () => {
  const { code, output } = await ran({ CRASHES: '3' })
  assert.equal(code, 1)
  const part = Math.ceil(10 / (availableParallelism() * 4))
  assert.equal(parseDoctest(output).failed, part)
})

test('a program that does not count its tests is told', async () => {
  const { code, output } = await ran({}, path('support/no-such-program.mjs'))
  assert.equal(code, 1)
  assert.match(output, /does not say how many tests it has/)
})
