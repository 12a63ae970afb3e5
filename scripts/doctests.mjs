// Runs a doctest program in parts, as many at once as there are processors, and ends with one
// summary as doctest writes it. `node scripts/doctests.mjs <program> [arguments]`.
import { availableParallelism } from 'node:os'
import { parseDoctest } from './lib/counts.mjs'
import { run } from './lib/run.mjs'
import { Advice, runMain } from './lib/say.mjs'

// More than processors: tests that take long are in one folder or another.
const kPartsEach = 4

const [program, ...args] = process.argv.slice(2)

async function countTests() {
  const { output } = await run(program, [...args, '--count'])
  const found = /test cases passing the current filters: (\d+)/.exec(output)
  if (found === null) throw new Advice(`${program} does not say how many tests it has.\n${output}`)
  return Number(found[1])
}

// Runs the tests from `first` to `last`, both counted from 1, and gives how many failed: all of
// them, where the program ended without a summary.
async function runPart(first, last) {
  const range = [`--first=${first}`, `--last=${last}`]
  const { code, output } = await run(program, [...args, ...range])
  const counts = parseDoctest(output)
  if (code !== 0 || counts === null) process.stdout.write(output)
  if (counts === null) return last - first + 1
  return code !== 0 ? Math.max(counts.failed, 1) : counts.failed
}

await runMain(async () => {
  const tests = await countTests()
  const size = Math.max(1, Math.ceil(tests / (availableParallelism() * kPartsEach)))
  let next = 1
  let failed = 0
  const work = async () => {
    while (next <= tests) {
      const first = next
      next += size
      // Read after the wait: others add to it meanwhile.
      const more = await runPart(first, Math.min(first + size - 1, tests))
      failed += more
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  const counts = `${tests} | ${tests - failed} passed | ${failed} failed | 0 skipped`
  process.stdout.write(`[doctest] test cases: ${counts}\n`)
  if (failed > 0) process.exitCode = 1
})
