// `npm run bench`: builds the package and the native lanes, installs the peers, and measures all of
// them. What follows `--` chooses: `npm run bench -- --size 1000 --lanes vitrine,sqljs --runs 3`.
import { build } from './lib/builds.mjs'
import { installPackages } from './lib/packages.mjs'
import { inRoot } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

const folder = inRoot('tests', 'bench')

await runMain(async () => {
  await setUp({ forTests: true })
  // The peers are packages of the bench alone: nothing else needs 90 MB of them.
  await installPackages(folder)
  await build(['package', 'bench-native'])
  const advice = 'A lane failed, gave different rows, or was not found: the words above say which.'
  const args = [inRoot('tests', 'bench', 'run.mjs'), ...process.argv.slice(2)]
  await mustRun(process.execPath, args, { show: true, advice })
})
