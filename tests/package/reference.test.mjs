// find against a plain JavaScript reference, over 1,000 random requests to random data.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random, seedOf } from './support/random.mjs'
import { Reference } from './support/reference.mjs'
import { columns, randomRequest, randomTables } from './support/requests.mjs'
import { opened } from './support/shop.mjs'

const kShops = 10
const kRequests = 100

async function randomShop(t, random) {
  const db = await opened(t)
  const tables = randomTables(random)
  for (const table of Object.keys(columns)) db[table].createMany(tables[table])
  return { db, tables, reference: new Reference(tables) }
}

// What each request is checked for beside its rows.
function checkRelatives({ db }, table, request, expected) {
  const { limit, offset, select, include, orderBy, ...counted } = request
  if (limit === undefined && offset === undefined) {
    assert.equal(db[table].count(counted), expected.length)
  }
  assert.deepEqual(db[table].first(request), limit === 0 ? null : (expected[0] ?? null))
  if (request.search === undefined || orderBy !== undefined) {
    assert.deepEqual([...db[table].iterate(request)], expected)
  }
  return [select, include]
}

test('find gives what the reference gives', async (t) => {
  const random = new Random(seedOf(t))
  let found = 0
  for (let round = 0; round < kShops; round++) {
    const shop = await randomShop(t, random)
    for (let index = 0; index < kRequests; index++) {
      const table = random.pick(Object.keys(columns))
      const request = randomRequest(random, table)
      const expected = shop.reference.find(table, request)
      const told = () => `${table} ${JSON.stringify(request)}`
      let rows
      try {
        rows = shop.db[table].find(request)
        checkRelatives(shop, table, request, expected)
      } catch (error) {
        throw new Error(`${told()}: ${error.message}`, { cause: error })
      }
      assert.deepEqual(rows, expected, told())
      found += rows.length
    }
  }
  t.diagnostic(`${kShops * kRequests} requests found ${found} rows`)
  assert.ok(found > 2 * kShops * kRequests, 'most requests find something')
})

test('pages by after meet every row once', async (t) => {
  const random = new Random(seedOf(t))
  const { db, tables, reference } = await randomShop(t, random)
  for (let index = 0; index < 100; index++) {
    const table = random.pick(Object.keys(columns))
    const { where = {}, orderBy = [] } = randomRequest(random, table)
    const all = reference.find(table, { where, orderBy })
    const last = random.pick([...all, ...tables[table]])
    const order = orderBy.flatMap((term) => Object.entries(term))
    if (order.some(([, direction]) => typeof direction !== 'string')) continue
    const after = { where, orderBy, after: last, limit: 5 }
    assert.deepEqual(db[table].find(after), reference.find(table, after), JSON.stringify(after))
  }
})
