// Every recorded scenario, run through the public C++ API and judged: one test for each. What
// deviates on purpose is listed in docs/deviations.md, and nothing else may be.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { oracleCommand, scenarioFiles, scenarioPath } from '../../scripts/lib/oracle.mjs'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { filesEndingWith } from '../../scripts/lib/suites.mjs'
import { judge } from './judge.mjs'

const files = scenarioFiles.map(scenarioPath)
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))
const scenarios = files.flatMap((path) => readJson(path).scenarios)

const deviations = () => readFileSync(inRoot('docs/deviations.md'), 'utf8')

// The names in the tables of docs/deviations.md: the first column, in backquotes.
function listedDeviations(page) {
  return [...page.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1])
}

let folder
const outcomes = {}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-oracle-'))
  for (const [index, path] of files.entries()) {
    const out = join(folder, `${index}.json`)
    const [program, ...args] = oracleCommand(path, out)
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    Object.assign(outcomes, readJson(out).scenarios)
  }
})

after(() => rmSync(folder, { recursive: true, force: true }))

for (const scenario of scenarios) {
  const isOptional = scenario.tier === 'nice'
  test(`${scenario.name}: ${scenario.note}`, () => {
    const { verdict, found } = judge(scenario, outcomes[scenario.name])
    const allowed = ['equal', 'deviates', ...(isOptional ? ['skipped'] : [])]
    assert.ok(allowed.includes(verdict), `${verdict}\n${found.join('\n')}`)
  })
}

// Every operation, filter and form of value of the vocabulary; of those on pictures the ones that
// scenarios use.
test('the scenarios use every word that the runner must know', () => {
  const said = JSON.stringify(scenarios.map(({ ops }) => ops))
  const operations = `new create set read repr append insert remove replace clear length contains
    collection_add put_key del_key add add_all delete flush commit rollback savepoint
    savepoint_release savepoint_rollback expire expire_all refresh expunge expunge_all merge
    no_autoflush state same session_sets history table trace count_selects get require query
    aggregate bulk_insert bulk_update bulk_delete sql repeat`
  const filters = `eq ne lt le gt ge between in not_in like not_like ilike contains contains_raw
    starts_with ends_with is_null not_null and or not any has rel_is rel_is_not rel_contains
    with_parent`
  const words = (text) => text.split(/\s+/)
  const unsaid = [
    ...words(operations).filter((word) => !said.includes(`"op":"${word}"`)),
    ...words(filters).filter((word) => !said.includes(`["${word}",`)),
    ...words('$ref $id $repeat $int $utf16 $b64').filter((word) => !said.includes(`{"${word}":`)),
  ]
  assert.deepEqual(unsaid, [])
})

test('the tests that docs/deviations.md names are there', () => {
  const sources = filesEndingWith(inRoot('tests/native'), '_test.cpp')
  const text = sources.map((path) => readFileSync(path, 'utf8')).join('')
  const names = [...text.replaceAll(/"\n\s*"/g, '').matchAll(/TEST_CASE\(\s*"(.*?)"\)/g)]
  const known = new Set(names.map((match) => match[1]))
  const named = [...deviations().matchAll(/ "(.*?)" \|$/gm)].map((match) => match[1])
  assert.equal(named.length, listedDeviations(deviations()).length)
  assert.deepEqual(
    named.filter((name) => !known.has(name)),
    [],
  )
})

test('docs/deviations.md lists the scenarios that deviate, and no others', () => {
  const deviating = scenarios
    .filter((scenario) => judge(scenario, outcomes[scenario.name]).verdict === 'deviates')
    .map(({ name }) => name)
  assert.deepEqual(listedDeviations(deviations()).sort(), deviating.sort())
})
