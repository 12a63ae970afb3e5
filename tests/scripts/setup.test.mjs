// What the set-up decides, on machines that exist only as probes.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { isVersionAtLeast, needs } from '../../scripts/lib/needs.mjs'
import { adviceFor, aptCommands, planSetup } from '../../scripts/lib/setup.mjs'
import { packagesAreFresh, stampPackages } from '../../scripts/lib/packages.mjs'
import { findProgram, parseOsRelease } from '../../scripts/lib/probes.mjs'
import { fullMachine, machine } from './support/machine.mjs'

const tests = { forTests: true }
const names = (plan) => plan.missing.map((need) => need.debian)

test('a machine with everything is ready, and nothing is planned', () => {
  assert.deepEqual(planSetup(fullMachine(), tests), { kind: 'ready' })
})

test('an empty Debian gets every package through apt, as root without sudo', () => {
  const plan = planSetup(machine({ programs: { 'apt-get': '/usr/bin/apt-get' } }), tests)
  assert.equal(plan.kind, 'apt')
  assert.deepEqual(plan.prefix, [])
  assert.deepEqual(
    names(plan),
    needs.map((need) => need.debian),
  )
})

test('only what is missing is installed', () => {
  for (const need of needs) {
    const plan = planSetup(fullMachine({ without: need.debian }), tests)
    assert.deepEqual(names(plan), [need.debian])
  }
})

test('browsers are a need of the tests alone', () => {
  for (const without of ['chromium', 'firefox-esr']) {
    assert.equal(planSetup(fullMachine({ without }), { forTests: false }).kind, 'ready')
  }
})

test('without root, sudo that asks nothing is used', () => {
  const probes = fullMachine({ without: 'cmake', isRoot: false, canSudo: () => true })
  assert.deepEqual(planSetup(probes, tests).prefix, ['sudo', '-n'])
})

test('without root and sudo, a person is told the very command', () => {
  const probes = fullMachine({ without: 'cmake', isRoot: false, canSudo: () => false })
  const plan = planSetup(probes, tests)
  assert.equal(plan.kind, 'advise')
  const advice = adviceFor(plan, probes.system)
  assert.match(advice, /needs root/)
  assert.match(advice, /sudo apt-get install --no-install-recommends cmake$/m)
})

test('another system is told what to install, and nothing else', () => {
  const system = { id: 'fedora', like: [] }
  const probes = fullMachine({ without: 'emscripten', system })
  const plan = planSetup(probes, tests)
  assert.equal(plan.kind, 'advise')
  const advice = adviceFor(plan, system)
  assert.match(advice, /This is not Debian, and this is missing:\n {2}- the Emscripten SDK/)
  assert.doesNotMatch(advice, /apt-get/)
  assert.equal(planSetup(fullMachine({ system }), tests).kind, 'ready')
})

test('apt asks no question and installs nothing that was only recommended', () => {
  const plan = planSetup(fullMachine({ without: 'ninja-build', isRoot: false }), tests)
  const [update, install] = aptCommands(plan).map((command) => command.join(' '))
  assert.match(update, /^sudo -n env DEBIAN_FRONTEND=noninteractive apt-get .*update$/)
  assert.match(install, /-y .*--no-install-recommends install ninja-build$/)
})

test('CMake that is too old is missing', () => {
  assert.equal(isVersionAtLeast('cmake version 3.25.1', [3, 25]), true)
  assert.equal(isVersionAtLeast('cmake version 4.0.0', [3, 25]), true)
  assert.equal(isVersionAtLeast('cmake version 3.18.4', [3, 25]), false)
  assert.equal(isVersionAtLeast('', [3, 25]), false)
  const probes = fullMachine({ firstLine: () => 'cmake version 3.18.4' })
  assert.deepEqual(names(planSetup(probes, tests)), ['cmake'])
})

test('the system is read from os-release, quoted or not', () => {
  const ubuntu = 'NAME="Ubuntu"\nID=ubuntu\nVERSION_ID="24.04"\nID_LIKE="debian"\n'
  assert.deepEqual(parseOsRelease(ubuntu), { id: 'ubuntu', like: ['debian'] })
  assert.deepEqual(parseOsRelease('ID="rocky"\nID_LIKE="rhel centos"\n').like, ['rhel', 'centos'])
  assert.deepEqual(parseOsRelease(''), { id: '', like: [] })
})

test('programs are looked for on PATH alone, and must be executable', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'tool'), '', { mode: 0o755 })
  writeFileSync(join(folder, 'note'), '', { mode: 0o644 })
  const path = ['/nowhere', folder].join(delimiter)
  assert.equal(findProgram('tool', path), join(folder, 'tool'))
  assert.equal(findProgram('note', path), null)
  assert.equal(findProgram('tool', ''), null)
})

test('npm packages are fresh until the lock file changes', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  assert.equal(packagesAreFresh(folder), false)
  stampPackages(folder)
  assert.equal(packagesAreFresh(folder), true)
  writeFileSync(join(folder, 'package-lock.json'), '{ }')
  assert.equal(packagesAreFresh(folder), false)
})
