// The set-up: sees what is missing, installs it where it may, and says what to do where it may not.
// The plan is data made from probes; only setUp() touches the machine.
import { run } from './run.mjs'
import { Advice, say, seconds, step } from './say.mjs'
import { inRoot } from './paths.mjs'
import { needs } from './needs.mjs'
import { realProbes } from './probes.mjs'
import { packagesAreFresh, stampPackages } from './packages.mjs'

// A busy apt is waited for, so that two set-ups at once both succeed.
const kAptOptions = ['-q', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Dpkg::Use-Pty=0']

// What to do about the needs of `probes`' machine, without doing it:
//   { kind: 'ready' }                         nothing is missing
//   { kind: 'apt', missing, prefix }          install with apt, each command after `prefix`
//   { kind: 'advise', missing, reason }       a person must install
export function planSetup(probes, { forTests }) {
  const missing = missingNeeds(probes, { forTests })
  if (missing.length === 0) return { kind: 'ready' }
  if (probes.system.id !== 'debian' || !probes.program('apt-get')) {
    return { kind: 'advise', missing, reason: 'This is not Debian' }
  }
  if (probes.isRoot) return { kind: 'apt', missing, prefix: [] }
  if (probes.canSudo()) return { kind: 'apt', missing, prefix: ['sudo', '-n'] }
  return { kind: 'advise', missing, reason: 'Installing needs root, or sudo without a password' }
}

function missingNeeds(probes, { forTests }) {
  return needs.filter((need) => (forTests || !need.forTests) && !need.isMet(probes))
}

// The two apt commands of a plan of kind 'apt', ready to run, and the environment within them.
export function aptCommands({ missing, prefix }) {
  const apt = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...kAptOptions]
  const packages = missing.map((need) => need.debian)
  return [
    [...apt, 'update'],
    [
      ...apt,
      '-y',
      '-o',
      'Dpkg::Options::=--force-confold',
      '--no-install-recommends',
      'install',
    ].concat(packages),
  ]
}

// What a person reads when they must install something themselves.
export function adviceFor({ missing, reason }, system) {
  const lines = missing.map((need) => `  - ${need.elsewhere}`)
  const text = [`${reason}, and this is missing:`, ...lines]
  if (system.id === 'debian' || system.like.includes('debian')) {
    const packages = missing.map((need) => need.debian).join(' ')
    text.push('Install it with:', `  sudo apt-get install --no-install-recommends ${packages}`)
  }
  text.push('Then run the same command again.')
  return text.join('\n')
}

async function installWithApt(plan) {
  say(`Missing: ${plan.missing.map((need) => need.name).join(', ')}. Installing with apt.`)
  const [update, install] = aptCommands(plan)
  step(1, 2, 'apt-get update')
  const updated = await run(update[0], update.slice(1))
  // Old lists may still do, and a failing install says what is wrong with the network.
  if (updated.code !== 0)
    say('  the package lists could not be refreshed; trying with the old ones')
  const packages = plan.missing.map((need) => need.debian).join(' ')
  step(2, 2, `apt-get install ${packages} (a few minutes)`)
  const installed = await run(install[0], install.slice(1), { show: true })
  if (installed.code === 0) return
  throw new Advice(
    `${updated.code === 0 ? '' : updated.output + '\n'}apt could not install ${packages} ` +
      `(exit code ${installed.code}). Its own words above say why; check the network and ` +
      '/etc/apt/sources.list, then run the same command again.',
  )
}

async function installPackages() {
  if (packagesAreFresh()) return
  say('Installing the npm packages of package-lock.json (npm ci).')
  const { code } = await run('npm', ['ci', '--loglevel=error'], { cwd: inRoot(), show: true })
  if (code !== 0) {
    throw new Advice('npm ci failed; its own words above say why. Then run the same command again.')
  }
  stampPackages()
}

// Makes this machine ready to build, and to test with `forTests`; under a second when it is.
// Fails with an Advice that names what is missing and what to do.
export async function setUp({ forTests = false, probes = realProbes() } = {}) {
  const start_ms = Date.now()
  const plan = planSetup(probes, { forTests })
  if (plan.kind === 'advise') throw new Advice(adviceFor(plan, probes.system))
  if (plan.kind === 'apt') {
    await installWithApt(plan)
    const missing = missingNeeds(probes, { forTests })
    const reason = 'apt installed everything it was asked for'
    if (missing.length > 0) throw new Advice(adviceFor({ missing, reason }, probes.system))
  }
  await installPackages()
  say(`Set-up: everything is here (${seconds(start_ms)}).`)
}
