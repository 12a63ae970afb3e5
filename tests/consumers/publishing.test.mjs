// The packed package as those see it who check packages: what bundlers, Node and TypeScript find.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { consumer, installed, root } from '../package/support/installed.mjs'

const run = promisify(execFile)

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true, pack: false })
  assert.deepEqual(messages, [])
})

test('types resolve as the code does, for every entry', async () => {
  const attw = join(root, 'node_modules', '.bin', 'attw')
  const tarball = readdirSync(consumer).find((name) => name.endsWith('.tgz'))
  const options = [
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'vitrine.wasm',
    'sqljs/worker',
    'sqljs/worker.classic.js',
  ]
  await run(attw, [join(consumer, tarball), ...options, '--format', 'json'])
})

test('the package depends on nothing, and holds what it says and no more', () => {
  const facts = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  assert.equal(facts.dependencies, undefined)
  // Only what `vitrine/react` is for, and what Node makes thumbnails with, for those who want them.
  assert.deepEqual(Object.keys(facts.peerDependencies), ['react', 'sharp'])
  const optional = { optional: true }
  assert.deepEqual(facts.peerDependenciesMeta, { react: optional, sharp: optional })
  const names = readdirSync(installed, { recursive: true })
  assert.deepEqual(
    names.filter((name) => /\.(ts|mts|map)$/.test(name) && !name.endsWith('.d.ts')),
    [],
  )
  for (const name of names.filter((one) => one.endsWith('.js'))) {
    const code = readFileSync(join(installed, name), 'utf8')
    assert.doesNotMatch(code, /\bnew Function\b|\beval\(/, name)
    const isForNode = /\.node\.js$|(?:^|\/)node-\w+\.js$/.test(name)
    if (!isForNode) assert.doesNotMatch(code, /['"]node:/, name)
  }
})

// Many servers give .mjs as no JavaScript, and a page without a bundler loads each file as it is.
test('every script of a page ends in .js', () => {
  const names = readdirSync(join(installed, 'dist'), { recursive: true })
  assert.deepEqual(
    names.filter((name) => /\.\w*js$/.test(name) && !/\.c?js$/.test(name)),
    [],
  )
})

// What collects the files that a server needs, as Nuxt does, follows imports, and finds an address
// in a statement or a path of __dirname; not in the value of an arrow function.
test('what collects the files of a server finds the module', () => {
  const dist = join(installed, 'dist')
  const isForNode = (name) => /\.node\.c?js$|^node-\w+\.js$/.test(name)
  const codes = readdirSync(dist)
    .filter(isForNode)
    .map((name) => readFileSync(join(dist, name), 'utf8'))
    .filter((code) => code.includes('vitrine.wasm",') || code.includes("vitrine.wasm')"))
  assert.ok(codes.length >= 3, `${codes.length} scripts name it`)
  for (const code of codes) {
    const isPath = code.includes("require('node:path').join(__dirname, 'vitrine.wasm')")
    const [before] = code.split('new URL("./vitrine.wasm", import.meta.url)')
    const isStatement = before !== code && !/=>[^;{]*$/.test(before)
    assert.ok(isPath || isStatement, before.slice(-200))
  }
})

// The CSV reader asks whether there is a browser; the rest does not even ask.
test('a server can import every entry: nothing of a browser is needed', async () => {
  const program = `
    await Promise.all(['/csv', '/archive'].map((name) => import('vitrine' + name)))
    for (const name of ['window', 'document', 'self', 'location', 'navigator', 'Worker']) {
      const get = () => { throw new Error(name) }
      Object.defineProperty(globalThis, name, { get, configurable: true })
    }
    const names = ['', '/sync', '/json', '/sqljs', '/sql.js']
    await Promise.all(names.map((name) => import('vitrine' + name)))
    console.log('imported')`
  const flags = ['--input-type=module', '-e', program]
  const { stdout } = await run(process.execPath, flags, { cwd: consumer })
  assert.equal(stdout, 'imported\n')
})
