// `npm run bench`: builds the package and measures it beside hand-written sql.js.
import { build } from './lib/builds.mjs'
import { inRoot } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  await build(['package'])
  const advice = 'The lane that failed says above what it could not do.'
  await mustRun(process.execPath, [inRoot('tests', 'bench', 'run.mjs')], { show: true, advice })
})
