// The libraries that run on sql.js store and load the same graph on npm's and on ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drizzleGraph } from './clients/drizzle.mjs'
import { kyselyGraph } from './clients/kysely.mjs'
import { mikroOrmGraph } from './clients/mikro-orm.mjs'
import { typeormGraph } from './clients/typeorm.mjs'
import { kExpected } from './clients/graph.mjs'
import { ours, theirs } from './support/both.mjs'

const clients = {
  Drizzle: drizzleGraph,
  'Kysely with kysely-wasm': kyselyGraph,
  MikroORM: mikroOrmGraph,
  TypeORM: typeormGraph,
}

for (const [name, storeAndLoad] of Object.entries(clients)) {
  test(`${name} stores and loads a graph on both`, async () => {
    assert.deepEqual(await storeAndLoad(ours), kExpected)
    assert.deepEqual(await storeAndLoad(theirs), kExpected)
  })
}
