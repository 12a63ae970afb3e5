// A package whose generated description is not that of its wasm is found when it is built.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { disagreements } from '../../scripts/lib/same-models.mjs'

const kModels = [
  { table: 'uom', columns: [{ name: 'id' }, { name: 'name' }] },
  { table: 'crate', columns: [{ name: 'id' }, { name: 'count', computed: {} }] },
]

// A catalog whose wasm made these columns, and has the tables in this order.
function catalog(made, tables) {
  const handles = kModels.map(({ table }, place) => {
    const toSQL = () => [{ sql: `SELECT t0."id" FROM "${tables[place]}" AS t0` }]
    return [table, { toSQL }]
  })
  return {
    ...Object.fromEntries(handles),
    sql: () => made.map((name) => ({ name })),
    describe: () => ({ models: kModels }),
  }
}

const kMade = ['uom.id', 'uom.name', 'crate.id']

test('a description of the same models agrees, whatever is computed', () => {
  assert.deepEqual(disagreements(catalog(kMade, ['uom', 'crate'])), [])
})

test('a column that one of both lacks is named', () => {
  const made = ['uom.id', 'uom.symbol', 'crate.id']
  assert.deepEqual(disagreements(catalog(made, ['uom', 'crate'])), ['uom.symbol', 'uom.name'])
})

test('models in another order are named, though all are there', () => {
  assert.deepEqual(disagreements(catalog(kMade, ['crate', 'uom'])), ['uom', 'crate'])
})
