// Who judges a mutant: the native tests and the oracle, both of the copied tree's build. Each is
// built only when it is asked, for most mutants are noticed by the first that is.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from '../../tests/oracle/judge.mjs'
import { oracleCommand, scenarioFiles, scenarioPath } from './oracle.mjs'
import { run } from './run.mjs'
import { Advice } from './say.mjs'

// Far above what the tests take: a mutant that runs longer goes round for ever, and is noticed.
const kTests_ms = 120 * 1000
// The tests of the model layer, the quickest first; and those of the rooms that stand on it, save
// the long ones about damaged files. The other rooms know nothing of it.
const kModelLayer = [['--source-file=*/session/*,*/query/*'], ['--source-file=*/schema/*']]
const kAboveIt = [
  ['--source-file=*/catalog/*,*/bindings/*', '--source-file-exclude=*strange_file*'],
]

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

// What the judge says of every scenario, as text; undefined when the runner ends badly.
async function verdicts(folder) {
  const said = []
  for (const name of scenarioFiles) {
    const out = join(folder, `${name}-out.json`)
    const program = join(folder, 'vitrine_oracle')
    const [command, ...data] = oracleCommand(scenarioPath(name), out, program)
    const { code } = await run(command, data, { timeout_ms: kTests_ms })
    if (code !== 0) return undefined
    const outcomes = readJson(out).scenarios
    for (const scenario of readJson(scenarioPath(name)).scenarios) {
      said.push(`${scenario.name} ${judge(scenario, outcomes[scenario.name]).verdict}`)
    }
  }
  return said.join('\n')
}

export class MutantJudges {
  #tree
  #folder
  // The verdict that each scenario has without a mutation: one that deviates on purpose still does.
  #expected

  constructor(tree, folder) {
    this.#tree = tree
    this.#folder = folder
  }

  // To be called before the first mutation is made.
  async learn() {
    const tests = await this.#build('vitrine_tests')
    if (!tests || (await this.#noticedBy(kModelLayer)) || (await this.#noticedBy(kAboveIt))) {
      throw new Advice('The tests fail as they are.')
    }
    if (!(await this.#build('vitrine_oracle'))) throw new Advice('The oracle does not build.')
    this.#expected = await verdicts(this.#folder)
    if (!this.#expected) throw new Advice('The oracle fails as it is.')
  }

  // 'killed', 'survived', or 'invalid' for what is no C++.
  async verdict() {
    if (!(await this.#build('vitrine_tests'))) return 'invalid'
    if (await this.#noticedBy(kModelLayer)) return 'killed'
    if (!(await this.#build('vitrine_oracle'))) return 'invalid'
    if ((await verdicts(this.#folder)) !== this.#expected) return 'killed'
    return (await this.#noticedBy(kAboveIt)) ? 'killed' : 'survived'
  }

  async #build(target) {
    const { code } = await run('cmake', ['--build', this.#folder, '--target', target])
    return code === 0
  }

  async #noticedBy(parts) {
    const program = join(this.#folder, 'vitrine_tests')
    const options = { cwd: this.#tree, timeout_ms: kTests_ms }
    for (const part of parts) {
      const { code } = await run(program, ['--abort-after=1', ...part], options)
      if (code !== 0) return true
    }
    return false
  }
}
