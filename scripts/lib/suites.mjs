// The test suites: what each needs built, the command that runs it, and who reads its counts.
// A suite is added here when its folder lands; an empty folder is an error.
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseDoctest, parseNodeTest } from './counts.mjs'
import { inRoot } from './paths.mjs'
import { Advice } from './say.mjs'

// Files in `folder`, at any depth, whose name ends with `ending`, in a fixed order.
export function filesEndingWith(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
    .map((name) => join(folder, name))
    .sort()
}

// node:test repeats what failed at the end; that part is enough. All of it where there is none.
export function failingTests(output) {
  const start = output.indexOf('✖ failing tests:')
  return start < 0 ? output : output.slice(start)
}

// Files at once, for each processor. Left alone, node:test leaves one processor alone. Tests of
// storage wait for most of their time: for a disk, or for another tab.
const kBusy = 1
const kWaiting = 2

// Node 20 may wait for ever at the end of a process: for a compiler in the background, which waits
// for a collection of garbage that only the main thread can begin.
const kNoDeadlock = '--no-concurrent-recompilation'

function nodeTests(name, builds = [], filesEach = kBusy) {
  const folder = inRoot('tests', name)
  const command = () => {
    const files = filesEndingWith(folder, '.test.mjs')
    if (files.length === 0) throw new Advice(`tests/${name} holds no *.test.mjs: add one.`)
    const atOnce = `--test-concurrency=${availableParallelism() * filesEach}`
    return [process.execPath, kNoDeadlock, '--test', atOnce, '--test-reporter=spec', ...files]
  }
  return { name, folder, builds, command, parse: parseNodeTest, excerpt: failingTests }
}

function doctests(name, build, command) {
  const folder = inRoot('tests', 'native')
  const excerpt = (output) => output
  return {
    name,
    folder,
    builds: [build],
    command: () => [process.execPath, inRoot('scripts/doctests.mjs'), ...command, '--no-colors'],
    parse: parseDoctest,
    excerpt,
  }
}

const allSuites = [
  nodeTests('house'),
  nodeTests('scripts'),
  doctests('native', 'native-asan', [inRoot('build/native-asan/vitrine_tests')]),
  doctests('wasm', 'wasm-tests', [
    process.execPath,
    inRoot('build/wasm-release/vitrine_tests.cjs'),
  ]),
  nodeTests('oracle', ['oracle']),
  nodeTests('cpp', ['native-asan']),
  nodeTests('package', ['package']),
  nodeTests('sqljs', ['package', 'sqljs-clients']),
  nodeTests('consumers', ['package']),
  nodeTests('storage', ['package'], kWaiting),
  nodeTests('firefox', ['page', 'firefox-driver']),
  nodeTests('page', ['page']),
]

// The suites whose folder exists, all of them or those named. An unknown name is an Advice.
export function chooseSuites(names, suites = allSuites) {
  const landed = suites.filter((suite) => existsSync(suite.folder))
  const unknown = names.filter((name) => !landed.some((suite) => suite.name === name))
  if (unknown.length > 0) {
    const known = landed.map((suite) => suite.name).join(', ')
    throw new Advice(`No test suite is called ${unknown.join(', ')}. There are: ${known}.`)
  }
  return names.length === 0 ? landed : landed.filter((suite) => names.includes(suite.name))
}
