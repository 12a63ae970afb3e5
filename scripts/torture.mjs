// `npm run torture`: the long forms of the tests that kill, crash and hand over, for hours. Each is
// a test file with larger numbers. `npm run torture -- kills` runs those named.
import { build } from './lib/builds.mjs'
import { inRoot } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { Advice, runMain, say, seconds } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

const kTimeout_ms = 6 * 60 * 60 * 1000

// Each: its name, its file, and what makes it long.
const runs = [
  {
    name: 'kills',
    file: 'tests/storage/kills.test.mjs',
    env: { VITRINE_BROWSER_KILLS: '300', VITRINE_CONTROL: '1' },
  },
  {
    name: 'tabs',
    file: 'tests/storage/tabs.test.mjs',
    env: { VITRINE_HANDOVERS: '150', VITRINE_COMMITS: '10000' },
  },
]

await runMain(async () => {
  const asked = process.argv.slice(2)
  const known = runs.map(({ name }) => name)
  const unknown = asked.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Advice(`There is no ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  }
  await setUp({ forTests: true })
  await build(['package'])
  for (const { name, file, env } of runs) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const start_ms = Date.now()
    const args = ['--test', '--test-reporter=spec', inRoot(file)]
    const options = { cwd: inRoot(), env: { ...process.env, ...env }, timeout_ms: kTimeout_ms }
    const { code, output } = await run(process.execPath, args, options)
    say(output)
    say(`${name}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds(start_ms)})`)
    if (code !== 0) process.exitCode = 1
  }
})
