// Which Emscripten is used, and what it needs in its environment.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { emscriptenEnvironment, findEmscripten } from '../../scripts/lib/emscripten.mjs'
import { findBrowser } from '../../scripts/lib/needs.mjs'
import { machine } from './support/machine.mjs'

const sdk = '/opt/emsdk/upstream/emscripten/em++'
const debians = { realPath: () => '/usr/share/emscripten/wrapper' }

test("Debian's em++ gets the folder of Debian's node modules", () => {
  const probes = machine({ programs: { 'em++': '/usr/bin/em++' }, ...debians })
  assert.equal(emscriptenEnvironment(probes).NODE_PATH, '/usr/share/nodejs')
})

test('a NODE_PATH that is set already is kept', () => {
  const env = { NODE_PATH: '/mine' }
  const probes = machine({ programs: { 'em++': '/usr/bin/em++' }, env, ...debians })
  assert.equal(emscriptenEnvironment(probes).NODE_PATH, '/usr/share/nodejs:/mine')
  assert.deepEqual(env, { NODE_PATH: '/mine' })
})

test('an SDK on PATH is used as it is', () => {
  const probes = machine({ programs: { 'em++': sdk } })
  assert.equal(findEmscripten(probes), sdk)
  assert.equal(emscriptenEnvironment(probes).NODE_PATH, undefined)
})

test('an SDK that EMSDK names is put on PATH', () => {
  const probes = machine({ env: { EMSDK: '/opt/emsdk', PATH: '/usr/bin' }, files: [sdk] })
  assert.equal(findEmscripten(probes), sdk)
  assert.equal(emscriptenEnvironment(probes).PATH, '/opt/emsdk/upstream/emscripten:/usr/bin')
})

test('EMSDK that names an empty folder is no Emscripten', () => {
  assert.equal(findEmscripten(machine({ env: { EMSDK: '/opt/emsdk' } })), null)
})

test('CHROME_PATH comes before PATH, and must be executable', () => {
  const programs = { chromium: '/usr/bin/chromium' }
  assert.equal(findBrowser(machine({ programs })), '/usr/bin/chromium')
  const env = { CHROME_PATH: '/opt/chrome' }
  assert.equal(findBrowser(machine({ programs, env, files: ['/opt/chrome'] })), '/opt/chrome')
  assert.equal(findBrowser(machine({ programs, env })), null)
})
