// 10,000 random rows of every type go in, by every way there is, and come out as they were.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random, seedOf } from './support/random.mjs'
import { opened } from './support/shop.mjs'

const kRows = 2000
const orNull = (random, value) => (random.chance(0.3) ? null : value)

// Unique, however alike random texts are: the number stands in front or behind.
const named = (random, index) =>
  random.chance(0.5) ? `${index}:${random.text(40)}` : `${random.text(40)}:${index}`

const makers = {
  uom: (random, id) => ({ id, name: named(random, id), symbol: orNull(random, random.text(32)) }),
  product: (random, id) => ({
    id,
    name: named(random, id),
    description: random.text(255),
    category_id: null,
  }),
  product_item: (random, id) => ({
    id,
    product_id: orNull(random, 1 + random.below(kRows)),
    name: named(random, id),
    description: random.text(random.pick([0, 10, 1000])),
    uom_id: orNull(random, 1 + random.below(kRows)),
  }),
  image_blob: (random, id) => ({
    sha256: `${id}`.padStart(64, '0'),
    mimetype: random.text(30),
    width: random.integer(),
    height: random.integer(),
    size_bytes: random.integer(),
    bytes: random.bytes(random.pick([0, 3, 500])),
  }),
  product_picture: (random, id) => ({
    width: id,
    height: 1 + random.below(2 ** 40),
    mimetype: random.text(255),
    original: false,
    created_at: random.date().toISOString(),
    sha256: orNull(random, `${1 + random.below(kRows)}`.padStart(64, '0')),
    alt: orNull(random, random.text(100)),
    dominant_color: orNull(random, random.text(9)),
    product_id: id,
  }),
}

const rowsOf = (random, table) =>
  Array.from({ length: kRows }, (_, index) => makers[table](random, index + 1))

// Nine rows in ten by createMany, the tenth by create, half of these as Dates are given.
function write(db, random, table, rows) {
  const [single, many] = [[], []]
  for (const row of rows) (random.chance(0.1) ? single : many).push(row)
  assert.equal(db[table].createMany(many), many.length)
  db.transaction((tx) => {
    for (const row of single) {
      const given = row.created_at ? { ...row, created_at: new Date(row.created_at) } : row
      assert.deepEqual(tx[table].create(given), row)
    }
  })
}

test('every value comes back as it went in, by every way', async (t) => {
  const random = new Random(seedOf(t))
  const db = await opened(t)
  const written = {}
  for (const table of Object.keys(makers)) {
    written[table] = rowsOf(random, table)
    write(db, random, table, written[table])
  }
  const again = await opened(t, { data: db.export() })
  for (const [table, rows] of Object.entries(written)) {
    assert.deepEqual(db[table].find(), rows, table)
    assert.deepEqual([...again[table].iterate()], rows, table)
    for (const row of random.some(rows, 0.02)) {
      const key = Object.fromEntries(keyOf(db, table).map((name) => [name, row[name]]))
      assert.deepEqual(again[table].get(key), row, table)
      if (row.name !== undefined) assert.deepEqual(again[table].get({ name: row.name }), row)
    }
  }
})

const keyOf = (db, table) => db.describe().models.find((model) => model.table === table).primary_key

test('update and save write what they are given', async (t) => {
  const random = new Random(seedOf(t))
  const db = await opened(t)
  db.product.createMany(rowsOf(random, 'product'))
  const rows = rowsOf(random, 'product')
  db.transaction((tx) => {
    for (const row of random.some(rows, 0.1)) {
      const change = { name: row.name, description: row.description }
      const swap = random.chance(0.5)
      const saved = swap ? tx.product.update(row.id, change) : tx.product.save(row)
      assert.deepEqual(saved, row)
      assert.deepEqual(tx.product.get(row.id), row)
    }
  })
})

test('SQL takes and gives values of every class', async (t) => {
  const random = new Random(seedOf(t))
  const db = await opened(t)
  const makeValue = [
    () => null,
    () => random.integer(),
    () => random.real(),
    () => random.text(50),
    () => random.bytes(50),
    () => random.pick([1n, -1n]) * (2n ** 54n + BigInt(random.below(2 ** 31))),
  ]
  for (let index = 0; index < 2000; index++) {
    const value = random.pick(makeValue)()
    const [{ back }] = db.sql`SELECT ${value} AS back`
    assert.deepEqual(back, value)
  }
})
