// The fuzzer of src/image, to be run by `npm run torture -- fuzz`: it makes up bytes until a round
// brings no new edge of the program, keeps the smallest inputs that reach them all in
// tests/fuzz/image.corpus, and says how many lines of src/image they run.
// VITRINE_FUZZ_SECONDS says how long a round is.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'
import { runMain, say } from './lib/say.mjs'

const kRoundSeconds = Number(process.env.VITRINE_FUZZ_SECONDS ?? 1800)
/** A fuzzer that finds something new in each round has found a mistake in this script. */
const kMostRounds = 24
const kLeastPercent = 90
const kCorpus = inRoot('tests', 'fuzz', 'image.corpus')
const kFuzzer = inRoot('build', 'fuzz', 'vitrine_fuzz')
const kFolder = inRoot('build', 'fuzz', 'corpus')
const kProfile = inRoot('build', 'fuzz', 'image.profraw')

const kAdvice =
  'An input of which something does not hold is in build/fuzz, called crash-… Make it a test, ' +
  'and mend what it shows.'

function fuzz(args, env = {}) {
  const options = { cwd: inRoot('build', 'fuzz'), advice: kAdvice }
  const quiet = { ...process.env, LLVM_PROFILE_FILE: '/dev/null', ...env }
  return mustRun(kFuzzer, ['-max_len=4096', ...args], { ...options, env: quiet })
}

function emptied(folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

// One input a line, in base64.
function unpack(folder) {
  const lines = readFileSync(kCorpus, 'latin1').split('\n').filter(Boolean)
  lines.forEach((line, index) =>
    writeFileSync(join(folder, String(index)), Buffer.from(line, 'base64')),
  )
}

function pack(folder) {
  const inputs = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'base64'))
  inputs.sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
  writeFileSync(kCorpus, `${inputs.join('\n')}\n`)
}

const edgesIn = (output) => [...output.matchAll(/ cov: (\d+) /g)].map(([, edges]) => Number(edges))

// Runs rounds until one brings no new edge.
async function search() {
  for (let round = 1; round <= kMostRounds; round++) {
    const dictionary = `-dict=${inRoot('tests', 'fuzz', 'image.dict')}`
    const output = await fuzz([dictionary, `-max_total_time=${kRoundSeconds}`, kFolder])
    const [before, ...later] = edgesIn(output)
    const after = later.at(-1) ?? before
    say(`round ${round}: ${before} edges, then ${after}`)
    if (after === before) return
  }
  throw new Error(`${kMostRounds} rounds brought new edges each.`)
}

// How many of the lines of src/image the corpus runs, in percent.
async function coverage() {
  await fuzz(['-runs=0', kFolder], { LLVM_PROFILE_FILE: kProfile })
  const merged = `${kProfile}.data`
  await mustRun('llvm-profdata', ['merge', '-o', merged, kProfile])
  const args = ['export', '-summary-only', kFuzzer, `-instr-profile=${merged}`]
  const [{ files }] = JSON.parse(await mustRun('llvm-cov', args)).data
  const lines = files
    .filter(({ filename }) => filename.includes('/src/image/'))
    .map(({ summary }) => summary.lines)
  const sum = (name) => lines.reduce((total, one) => total + one[name], 0)
  return (100 * sum('covered')) / sum('count')
}

await runMain(async () => {
  unpack(emptied(kFolder))
  await search()
  const small = emptied(`${kFolder}-small`)
  await fuzz(['-merge=1', '-use_counters=0', small, kFolder])
  pack(small)
  unpack(emptied(kFolder))
  const percent = await coverage()
  say(`${readdirSync(kFolder).length} inputs run ${percent.toFixed(1)} % of the lines of src/image`)
  if (percent < kLeastPercent) throw new Error(`At least ${kLeastPercent} % are expected.`)
  say('ℹ pass 1')
})
