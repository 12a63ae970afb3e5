// What is built, from what, in which order. Each build is incremental: its own tool decides what is
// out of date, so running it again without a change takes a second or two.
import { availableParallelism } from 'node:os'
import { existsSync } from 'node:fs'
import { emscriptenEnvironment } from './emscripten.mjs'
import { installPackages } from './packages.mjs'
import { inRoot } from './paths.mjs'
import { realProbes } from './probes.mjs'
import { mustRun } from './run.mjs'
import { mustHaveSameModels } from './same-models.mjs'
import { Advice, say, seconds } from './say.mjs'

const kCompileAdvice = 'The compiler says above what it did not accept. Correct it and run again.'

// Ninja lists every step; what matters starts at the first that failed.
function failedSteps(output) {
  const start = output.indexOf('FAILED: ')
  return start < 0 ? output : output.slice(start)
}

async function cmakeBuild(preset, target, { env, configure }) {
  const options = { cwd: inRoot(), env, advice: kCompileAdvice, excerpt: failedSteps }
  if (!existsSync(inRoot('build', preset, 'build.ninja'))) {
    await mustRun(configure[0], [...configure.slice(1), '--preset', preset], options)
  }
  const jobs = String(availableParallelism())
  await mustRun('cmake', ['--build', '--preset', preset, '--target', target, '-j', jobs], options)
}

function native(preset, target) {
  return () => cmakeBuild(preset, target, { env: process.env, configure: ['cmake'] })
}

// The environment is looked up when the build runs: the set-up may only just have installed em++.
function wasm(target) {
  const configure = ['emcmake', 'cmake']
  return () => {
    const env = emscriptenEnvironment(realProbes())
    return cmakeBuild('wasm-release', target, { env, configure })
  }
}

// Clang is no need of anything else, so the set-up does not ask for it.
function fuzzer() {
  const missing = ['clang++', 'llvm-profdata', 'llvm-cov'].filter(
    (name) => realProbes().program(name) === null,
  )
  if (missing.length === 0) return native('fuzz', 'vitrine_fuzz')()
  throw new Advice(
    `The fuzzer needs Clang with its runtime, and ${missing.join(', ')} of LLVM. On Debian:\n` +
      '  sudo apt-get install --no-install-recommends clang libclang-rt-dev llvm',
  )
}

function workspace(folder) {
  return () =>
    mustRun('npm', ['run', '--silent', 'build', '--workspace', folder], { cwd: inRoot() })
}

async function packageAndCheck() {
  await workspace('web/package')()
  await mustHaveSameModels()
}

// Every build: what it is called, what must be built before it, and how.
const builds = {
  describe: { run: native('native-asan', 'vitrine_describe') },
  'native-asan': { run: native('native-asan', 'vitrine_tests') },
  oracle: { run: native('native-asan', 'vitrine_oracle') },
  fuzz: { run: fuzzer },
  'bench-native': { run: native('bench-native', 'vitrine_bench') },
  'wasm-tests': { run: wasm('vitrine_tests') },
  wasm: { run: wasm('vitrine_wasm') },
  package: { after: ['wasm'], run: packageAndCheck },
  'firefox-driver': { run: () => installPackages(inRoot('tests', 'firefox')) },
  'sqljs-clients': { run: () => installPackages(inRoot('tests', 'sqljs')) },
  page: { after: ['package'], run: workspace('web/demo') },
}

// The builds that `names` need, each once, those needed by others first.
export function buildOrder(names, table = builds) {
  const order = []
  const visit = (name) => {
    if (order.includes(name)) return
    if (!table[name]) throw new Error(`no build is called ${name}`)
    for (const before of table[name].after ?? []) visit(before)
    order.push(name)
  }
  names.forEach(visit)
  return order
}

const done = new Set()

// Builds `names` and what they need, one after the other: each uses every core already. What this
// process built before is not built again. Fails with an Advice that shows the compiler's words.
export async function build(names) {
  for (const name of buildOrder(names)) {
    if (done.has(name)) continue
    const start_ms = Date.now()
    say(`Building ${name} ...`)
    await builds[name].run()
    done.add(name)
    say(`  ${name} is built (${seconds(start_ms)})`)
  }
}
