// How the runner chooses suites, orders builds, and reads what test programs print.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { buildOrder } from '../../scripts/lib/builds.mjs'
import { judge, parseDoctest, parseNodeTest } from '../../scripts/lib/counts.mjs'
import { run } from '../../scripts/lib/run.mjs'
import { chooseSuites } from '../../scripts/lib/suites.mjs'

const doctest = (passed, failed, skipped) =>
  '[doctest] test cases: 9 | ' +
  `${passed} passed | ${failed} failed | ${skipped} skipped\n[doctest] assertions: 20 | 20 passed\n`
const spec = (passed, failed, skipped) =>
  `ℹ tests 9\nℹ suites 0\nℹ pass ${passed}\nℹ fail ${failed}\nℹ cancelled 0\nℹ skipped ${skipped}\n`
const ended = (output, code = 0, timedOut = false) => ({ output, code, timedOut })

test('counts are read, and a test that did not run has failed', () => {
  assert.deepEqual(parseDoctest(doctest(12, 0, 0)), { passed: 12, failed: 0 })
  assert.deepEqual(parseDoctest(doctest(10, 1, 1)), { passed: 10, failed: 2 })
  assert.deepEqual(parseNodeTest(spec(12, 0, 0)), { passed: 12, failed: 0 })
  assert.deepEqual(parseNodeTest(spec(10, 1, 1)), { passed: 10, failed: 2 })
})

test('a program that ends without its summary has failed', () => {
  assert.deepEqual(judge(parseDoctest, ended('Segmentation fault', 139)), { passed: 0, failed: 1 })
  assert.deepEqual(judge(parseNodeTest, ended('')), { passed: 0, failed: 1 })
})

test('a suite in which no test ran has failed', () => {
  assert.deepEqual(judge(parseNodeTest, ended(spec(0, 0, 0))), { passed: 0, failed: 1 })
})

test('a bad exit code or a time-out outweighs good counts', () => {
  const leaks = ended(doctest(12, 0, 0), 1)
  assert.deepEqual(judge(parseDoctest, leaks), { passed: 12, failed: 1 })
  const hung = ended(spec(12, 0, 0), 0, true)
  assert.deepEqual(judge(parseNodeTest, hung), { passed: 12, failed: 1 })
})

test('builds run after what they need, each once', () => {
  const table = { wasm: {}, package: { after: ['wasm'] }, page: { after: ['package', 'wasm'] } }
  assert.deepEqual(buildOrder(['page', 'package'], table), ['wasm', 'package', 'page'])
  assert.throws(() => buildOrder(['cellar'], table), /no build is called cellar/)
})

test('suites are all of those that have landed, or those named', () => {
  const here = { name: 'here', folder: import.meta.dirname }
  const later = { name: 'later', folder: `${import.meta.dirname}/none` }
  assert.deepEqual(chooseSuites([], [here, later]), [here])
  assert.deepEqual(chooseSuites(['here'], [here, later]), [here])
  assert.throws(() => chooseSuites(['later'], [here, later]), {
    name: 'Advice',
    message: 'No test suite is called later. There are: here.',
  })
})

test('a program that cannot be started is an answer, and one that hangs is stopped', async () => {
  const missing = await run('no-such-program-here', [])
  assert.equal(missing.code, 127)
  const hung = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    timeout_ms: 200,
  })
  assert.equal(hung.timedOut, true)
})
