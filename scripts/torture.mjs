// `npm run torture`: the long forms of the tests that kill, crash, hand over and lose power, for
// hours. Each is a test with larger numbers. `npm run torture -- kills` runs those named.
import { build } from './lib/builds.mjs'
import { judge, parseNodeTest } from './lib/counts.mjs'
import { inRoot } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { Advice, runMain, say, seconds } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { failingTests } from './lib/suites.mjs'

// Far above what a run takes: it only ends one that hangs.
const kTimeout_ms = 6 * 60 * 60 * 1000

const native = (cases) => [inRoot('build/native-asan/vitrine_tests'), '--no-colors', `-tc=${cases}`]
const node = (file) => [process.execPath, '--test', '--test-reporter=spec', inRoot(file)]

// As parseDoctest, but what was not chosen counts as skipped there, and here as nothing.
function parseChosen(output) {
  const found = /test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed/.exec(output)
  return found && { passed: Number(found[1]), failed: Number(found[2]) }
}

const runs = [
  {
    name: 'walks',
    builds: ['native-asan'],
    command: native('a session and a plain model of it stay the same over any walk'),
    parse: parseChosen,
    env: { VITRINE_WALKS: '30', VITRINE_STEPS: '10000' },
  },
  {
    name: 'power',
    builds: ['native-asan'],
    command: native('whenever the power goes*'),
    parse: parseChosen,
    env: { VITRINE_TORTURE: '40' },
  },
  {
    name: 'fuzz',
    builds: ['fuzz'],
    command: [process.execPath, inRoot('scripts/fuzz.mjs')],
    parse: parseNodeTest,
    env: {},
  },
  {
    name: 'node-kills',
    builds: ['package'],
    command: node('tests/package/kills.test.mjs'),
    parse: parseNodeTest,
    env: { VITRINE_KILLS: '300' },
  },
  {
    name: 'kills',
    builds: ['package'],
    command: node('tests/storage/kills.test.mjs'),
    parse: parseNodeTest,
    env: { VITRINE_BROWSER_KILLS: '300', VITRINE_CONTROL: '1' },
  },
  {
    name: 'tabs',
    builds: ['package'],
    command: node('tests/storage/tabs.test.mjs'),
    parse: parseNodeTest,
    env: { VITRINE_HANDOVERS: '150', VITRINE_COMMITS: '10000' },
  },
  {
    name: 'firefox',
    builds: ['package', 'firefox-driver'],
    command: node('tests/firefox/storage.test.mjs'),
    parse: parseNodeTest,
    env: { VITRINE_HANDOVERS: '80' },
  },
]

function chosen(names) {
  const unknown = names.filter((name) => !runs.some((one) => one.name === name))
  if (unknown.length > 0) {
    const known = runs.map(({ name }) => name).join(', ')
    throw new Advice(`There is no torture called ${unknown.join(', ')}. There are: ${known}.`)
  }
  return names.length === 0 ? runs : runs.filter(({ name }) => names.includes(name))
}

// Whether it passed. What it says of itself, its seed for instance, is shown either way.
async function torture({ name, builds, command, parse, env }) {
  await build(builds)
  const start_ms = Date.now()
  const plain = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env }
  const options = { cwd: inRoot(), env: plain, timeout_ms: kTimeout_ms }
  const ended = await run(command[0], command.slice(1), options)
  // A run that finds no test has failed.
  const { passed, failed } = judge(parse, ended)
  say(failingTests(ended.output))
  say(`${name}: ${passed} passed, ${failed} failed (${seconds(start_ms)})`)
  return failed === 0
}

await runMain(async () => {
  const wanted = chosen(process.argv.slice(2))
  await setUp({ forTests: true })
  for (const one of wanted) if (!(await torture(one))) process.exitCode = 1
})
