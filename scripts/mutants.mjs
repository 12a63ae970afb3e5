// `npm run mutants [-- COUNT [SEED]]`: makes small mistakes in src/orm, one at a time and in a copy
// of the tree, and sees whether the native tests or the oracle notice. Prints those that nobody
// noticed, and fails when more than a tenth of them survived. The checkout is never changed.
import { cpSync, mkdirSync, readFileSync, symlinkSync, existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { judge } from '../tests/oracle/judge.mjs'
import { mutated, mutationsOf, shuffled } from './lib/mutations.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { mustRun, run } from './lib/run.mjs'
import { Advice, runMain, say, seconds } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { filesEndingWith } from './lib/suites.mjs'

const kCount = 50
const kSeed = 20261122
const kMustKill = 0.9
// Far above what the tests take: a mutant that runs longer goes round for ever, and is noticed.
const kTests_ms = 120 * 1000
const kScenarios = ['core', 'ext', 'variations', 'words']

const tree = inRoot('build', 'mutants', 'tree')
const folder = join(tree, 'build', 'mutants')
const inTree = (...parts) => join(tree, ...parts)

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

const build = () => run('cmake', ['--build', folder, '--target', 'vitrine_tests', 'vitrine_oracle'])

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

async function oracleNotices() {
  for (const name of kScenarios) {
    const out = join(folder, `${name}-out.json`)
    const data = ['schema', 'ext_models', name].map((each) =>
      inTree('tests', 'oracle', `${each}.json`),
    )
    const { code } = await run(join(folder, 'vitrine_oracle'), [...data, out], {
      timeout_ms: kTests_ms,
    })
    if (code !== 0) return true
    const outcomes = readJson(out).scenarios
    for (const scenario of readJson(data[2]).scenarios) {
      const { verdict } = judge(scenario, outcomes[scenario.name])
      if (verdict !== expected.get(scenario.name)) return true
    }
  }
  return false
}

// The verdict that each scenario has without a mutation: one that deviates on purpose still does.
const expected = new Map()
async function learnVerdicts() {
  for (const name of kScenarios) {
    const out = join(folder, `${name}-out.json`)
    const data = ['schema', 'ext_models', name].map((each) =>
      inTree('tests', 'oracle', `${each}.json`),
    )
    await mustRun(join(folder, 'vitrine_oracle'), [...data, out])
    const outcomes = readJson(out).scenarios
    for (const scenario of readJson(data[2]).scenarios) {
      expected.set(scenario.name, judge(scenario, outcomes[scenario.name]).verdict)
    }
  }
}

async function testsNotice() {
  const options = { cwd: tree, timeout_ms: kTests_ms }
  const { code } = await run(join(folder, 'vitrine_tests'), ['--abort-after=1'], options)
  return code !== 0
}

// 'killed', 'survived', or 'invalid' for what is no C++.
async function verdictOn(mutation) {
  const path = inTree(mutation.file)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, mutated(text, mutation))
  try {
    if ((await build()).code !== 0) return 'invalid'
    return (await testsNotice()) || (await oracleNotices()) ? 'killed' : 'survived'
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

function report(tried) {
  const survivors = tried.filter(({ verdict }) => verdict === 'survived')
  for (const { file, line, kind, before, after } of survivors) {
    say(`\nsurvived: ${file}:${line} (${kind})\n  - ${before.trim()}\n  + ${after.trim()}`)
  }
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
  const first = await build()
  if (first.code !== 0 || (await testsNotice())) {
    throw new Advice(`${first.output}\nThe tests fail without any mutation; mend that first.`)
  }
  await learnVerdicts()
  const tried = []
  for (const mutation of candidates(seed)) {
    if (tried.length === count) break
    const start_ms = Date.now()
    const verdict = await verdictOn(mutation)
    say(`${verdict}: ${mutation.file}:${mutation.line} ${mutation.kind} (${seconds(start_ms)})`)
    if (verdict !== 'invalid') tried.push({ ...mutation, verdict })
  }
  if (report(tried) < kMustKill) process.exitCode = 1
})
