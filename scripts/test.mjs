// `npm test`: sets up, builds what the suites need, runs them all, and ends with one line,
// "N passed, N failed". `npm test -- house native` runs the suites named.
import { build } from './lib/builds.mjs'
import { judge } from './lib/counts.mjs'
import { inRoot } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { Advice, runMain, say, seconds } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { chooseSuites } from './lib/suites.mjs'

// Far above what a suite takes: it only ends one that hangs.
const kSuiteTimeout_ms = 20 * 60 * 1000

// A suite that cannot be built has failed; the others still run.
async function isBuilt(suite) {
  try {
    await build(suite.builds)
    return true
  } catch (error) {
    if (!(error instanceof Advice)) throw error
    say(error.message)
    return false
  }
}

// For each suite whether it is built, once that is known. What later ones need is built while those
// before them run: a linker and most tests leave a processor alone.
function builtInTurn(suites) {
  let last = Promise.resolve()
  return suites.map((suite) => (last = last.then(() => isBuilt(suite))))
}

async function runSuite(suite) {
  const start_ms = Date.now()
  const [program, ...args] = suite.command()
  // Colours would hide the counts.
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }
  const ended = await run(program, args, { cwd: inRoot(), env, timeout_ms: kSuiteTimeout_ms })
  const counts = judge(suite.parse, ended)
  if (counts.failed > 0) say(suite.excerpt(ended.output))
  if (ended.timedOut) say(`${suite.name} was stopped after ${kSuiteTimeout_ms / 60000} minutes.`)
  say(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds(start_ms)})`)
  return counts
}

await runMain(async () => {
  const suites = chooseSuites(process.argv.slice(2))
  await setUp({ forTests: true })
  const total = { passed: 0, failed: 0 }
  const built = builtInTurn(suites)
  for (const [index, suite] of suites.entries()) {
    const isReady = await built[index]
    const { passed, failed } = isReady ? await runSuite(suite) : { passed: 0, failed: 1 }
    total.passed += passed
    total.failed += failed
  }
  if (total.failed > 0) process.exitCode = 1
  say(`\n${total.passed} passed, ${total.failed} failed`)
})
