// `npm run mutants [-- COUNT [SEED]]`: makes small mistakes in src/orm, one at a time and in a copy
// of the tree, and sees whether the native tests or the oracle notice. Prints those that nobody
// noticed, and fails when more than a tenth of them survived. The checkout is never changed.
import { cpSync, mkdirSync, readFileSync, symlinkSync, existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MutantJudges } from './lib/mutant-judges.mjs'
import { mutated, mutationsOf, shuffled } from './lib/mutations.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'
import { Advice, runMain, say, seconds } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { filesEndingWith } from './lib/suites.mjs'

const kCount = 50
const kSeed = 20261122
const kMustKill = 0.9

const tree = inRoot('build', 'mutants', 'tree')
const folder = join(tree, 'build', 'mutants')
const inTree = (...parts) => join(tree, ...parts)
const judges = new MutantJudges(tree, folder)

async function copyTree() {
  const listed = await mustRun('git', ['ls-files', '-z'], { cwd: root })
  for (const name of listed.split('\0').filter(Boolean)) {
    if (!existsSync(join(root, name))) continue
    // What has not changed keeps its time, so that it is not compiled anew.
    const same =
      existsSync(inTree(name)) && readFileSync(inTree(name)).equals(readFileSync(join(root, name)))
    if (same) continue
    mkdirSync(dirname(inTree(name)), { recursive: true })
    cpSync(join(root, name), inTree(name))
  }
  if (!existsSync(inTree('node_modules')))
    symlinkSync(inRoot('node_modules'), inTree('node_modules'))
}

// Without optimization, debug information and warnings: only the answer of the tests counts.
async function configure() {
  const flags = '-DCMAKE_CXX_FLAGS=-O0 -g0 -w'
  const options = ['-G', 'Ninja', '-S', tree, '-B', folder, flags]
  await mustRun('cmake', options, { advice: 'CMake says above what it lacks.' })
}

async function verdictOn(mutation) {
  const path = inTree(mutation.file)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, mutated(text, mutation))
  try {
    return await judges.verdict()
  } finally {
    writeFileSync(path, text)
  }
}

function candidates(seed) {
  const files = filesEndingWith(inTree('src', 'orm'), '.cpp')
  const all = files.flatMap((path) => {
    const file = path.slice(tree.length + 1)
    return mutationsOf(readFileSync(path, 'utf8')).map((mutation) => ({ file, ...mutation }))
  })
  return shuffled(all, seed)
}

const shown = ({ file, line, kind, before, after }) =>
  `${file}:${line} (${kind})\n  - ${before.trim()}\n  + ${after.trim()}`

function report(tried) {
  const survivors = tried.filter(({ verdict }) => verdict === 'survived')
  for (const survivor of survivors) say(`\nsurvived: ${shown(survivor)}`)
  const killed = tried.length - survivors.length
  say(`\n${killed} of ${tried.length} mutants were noticed, ${survivors.length} were not`)
  return killed / tried.length
}

function numbersGiven() {
  const [count = kCount, seed = kSeed] = process.argv.slice(2).map(Number)
  if (count >= 1 && Number.isInteger(count) && Number.isInteger(seed)) return { count, seed }
  throw new Advice('Say how many, and from which seed on: npm run mutants -- 50 7')
}

await runMain(async () => {
  const { count, seed } = numbersGiven()
  await setUp({ forTests: true })
  await copyTree()
  await configure()
  say('Building what is to be changed ...')
  await judges.learn()
  const tried = []
  for (const mutation of candidates(seed)) {
    if (tried.length === count) break
    const start_ms = Date.now()
    const verdict = await verdictOn(mutation)
    const what = verdict === 'survived' ? shown(mutation) : `${mutation.file}:${mutation.line}`
    say(`${verdict}: ${what} ${mutation.kind} (${seconds(start_ms)})`)
    if (verdict !== 'invalid') tried.push({ ...mutation, verdict })
  }
  if (report(tried) < kMustKill) process.exitCode = 1
})
