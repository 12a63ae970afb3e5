// The set-up with an apt of our own on PATH: it notes how it was called, and installs copies of
// itself as programs.
import { beforeEach, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findProgram } from '../../scripts/lib/probes.mjs'
import { setUp } from '../../scripts/lib/setup.mjs'
import { fullMachine } from './support/machine.mjs'

const path = process.env.PATH
let folder

beforeEach((t) => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-'))
  process.env.PATH = [folder, path].join(delimiter)
  t.after(() => {
    process.env.PATH = path
    rmSync(folder, { recursive: true })
  })
})

// Puts an apt-get on PATH that notes its arguments and then runs `script`.
function fakeApt(script) {
  const text = `#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> "${folder}/calls"\n${script}\n`
  writeFileSync(join(folder, 'apt-get'), text, { mode: 0o755 })
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
const installs = (name) => `case "$*" in *install*) cp "$0" "${'$'}{0%/*}/${name}";; esac`

// A Debian on which everything is installed but Ninja, which is looked for in the folder alone.
function withoutNinja() {
  const full = fullMachine()
  const program = (name) => (name === 'ninja' ? findProgram(name, folder) : full.program(name))
  return { ...full, program }
}

test('what is missing is installed, after one update, and then found', async () => {
  fakeApt(installs('ninja'))
  await setUp({ forTests: true, probes: withoutNinja() })
  const [update, install, ...more] = calls()
  assert.match(update, /^noninteractive .*update$/)
  assert.match(install, /^noninteractive .*-y .*--no-install-recommends install ninja-build$/)
  assert.deepEqual(more, [])
})

test('when all is there, apt is not called', async () => {
  fakeApt('exit 1')
  await setUp({ forTests: true, probes: fullMachine() })
  assert.throws(calls, { code: 'ENOENT' })
})

test('an update that fails does not stop an install that works', async () => {
  fakeApt(`case "$*" in *update*) exit 100;; esac; ${installs('ninja')}`)
  await setUp({ forTests: true, probes: withoutNinja() })
  assert.equal(calls().length, 2)
})

test('an install that fails is told with what to do', async () => {
  fakeApt('case "$*" in *install*) exit 100;; esac')
  await assert.rejects(setUp({ forTests: true, probes: withoutNinja() }), {
    name: 'Advice',
    message: /could not install ninja-build \(exit code 100\).*check the network/s,
  })
})

test('an install that leaves the need unmet is told by name', async () => {
  fakeApt('exit 0')
  await assert.rejects(setUp({ forTests: true, probes: withoutNinja() }), {
    name: 'Advice',
    message: /apt installed everything it was asked for, and this is missing:\n {2}- Ninja/,
  })
})
