// `npm run bench`: builds the package and the native lanes, installs the peers, and measures all of
// them. What follows `--` chooses: `npm run bench -- --size 1000 --lanes vitrine,sqljs --runs 3`.
import { build } from './lib/builds.mjs'
import { packagesAreFresh, stampPackages } from './lib/packages.mjs'
import { inRoot } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'
import { runMain, say } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

const folder = inRoot('tests', 'bench')

// The peers are packages of the bench alone: nothing else needs 90 MB of them.
async function installPeers() {
  if (packagesAreFresh(folder)) return
  say('Installing the peers of tests/bench/package-lock.json (npm ci).')
  const advice = 'npm says above why. Then run the same command again.'
  await mustRun('npm', ['ci', '--loglevel=error'], { cwd: folder, show: true, advice })
  stampPackages(folder)
}

await runMain(async () => {
  await setUp({ forTests: true })
  await installPeers()
  await build(['package', 'bench-native'])
  const advice = 'A lane failed, gave different rows, or was not found: the words above say which.'
  const args = [inRoot('tests', 'bench', 'run.mjs'), ...process.argv.slice(2)]
  await mustRun(process.execPath, args, { show: true, advice })
})
