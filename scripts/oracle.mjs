// `npm run oracle -- SCENARIOS.json OUT.json`: runs recorded scenarios natively through the public
// C++ API and writes what came out. The judge (tests/oracle/judge.mjs) compares it.
import { resolve } from 'node:path'
import { build } from './lib/builds.mjs'
import { oracleCommand } from './lib/oracle.mjs'
import { mustRun } from './lib/run.mjs'
import { Advice, runMain, say } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  const paths = process.argv.slice(2)
  if (paths.length !== 2) {
    throw new Advice('Say which scenarios, and where to: npm run oracle -- SCENARIOS.json OUT.json')
  }
  await setUp({ forTests: true })
  await build(['oracle'])
  // npm runs scripts in the checkout; the paths are meant from where the person is.
  const from = process.env.INIT_CWD ?? process.cwd()
  const [scenarios, out] = paths.map((path) => resolve(from, path))
  const [program, ...args] = oracleCommand(scenarios, out)
  say((await mustRun(program, args)).trimEnd())
})
