// Requests that differ in their values only: one plan serves them, and answers as a new one would.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop } from './support/shop.mjs'

// What `work` fails with.
function thrown(work) {
  try {
    work()
  } catch (error) {
    return error
  }
  return assert.fail('it was not refused')
}

const names = (rows) => rows.map(({ name }) => name)

test('the same request with other values gives other rows', async (t) => {
  const db = await openShop(t)
  const ids = db.product.find().map(({ id }) => id)
  for (const id of ids) assert.equal(db.product.get(id).id, id)
  for (const id of ids)
    assert.deepEqual(names(db.product.find({ where: { id } })), [db.product.get(id).name])
  for (const name of names(db.product.find())) assert.equal(db.product.get({ name }).name, name)
})

test('pages with other limits and offsets share a plan, and refuse what is no page', async (t) => {
  const db = await openShop(t)
  const all = names(db.product.find())
  for (let offset = 0; offset < 3; offset++) {
    for (let limit = 0; limit < 4; limit++) {
      const page = names(db.product.find({ limit, offset }))
      assert.deepEqual(page, all.slice(offset, offset + limit))
    }
  }
  for (const limit of [-1, 1.5, '1']) {
    assert.equal(thrown(() => db.product.find({ limit })).code, 'VALIDATION')
    assert.equal(thrown(() => db.product.find({ limit: 1, offset: limit })).code, 'VALIDATION')
  }
})

test('a value that the statement changes first is never bound as it is', async (t) => {
  const db = await openShop(t)
  for (const [op, value, found] of [
    ['contains', 'boot', ['Hiking boot', 'Rain boot']],
    ['contains', 'apple', ['Apple']],
    ['startsWith', 'Rain', ['Rain boot']],
    ['endsWith', 'boot', ['Hiking boot', 'Rain boot']],
    ['likeFolded', 'RAIN%', ['Rain boot']],
    ['likeFolded', 'ÁPPLE', ['Apple']],
    ['like', 'hiking%', ['Hiking boot']],
    ['like', 'apple', ['Apple']],
  ]) {
    assert.deepEqual(names(db.product.find({ where: { name: { [op]: value } } })), found)
  }
})

test('what marks a value in a kept plan is an ordinary value in a request', async (t) => {
  const db = await openShop(t)
  const mark = '\u{10ffff}A0'
  db.category.create({ name: mark, description: '' })
  assert.equal(db.category.get({ name: mark }).name, mark)
  assert.deepEqual(names(db.category.find({ where: { name: mark } })), [mark])
  assert.deepEqual(db.category.find({ where: { id: Number.MAX_SAFE_INTEGER } }), [])
  assert.equal(thrown(() => db.category.get(Number.MAX_SAFE_INTEGER)).code, 'NOT_FOUND')
})

test('a get says what is not there, and what is no key, after others were found', async (t) => {
  const db = await openShop(t)
  db.product.get(1)
  db.product.get({ name: 'Apple' })
  const missing = thrown(() => db.product.get({ name: 'Pear' }))
  assert.equal(missing.code, 'NOT_FOUND')
  assert.match(missing.message, /no Product with the key {"name":"Pear"}/)
  assert.match(thrown(() => db.product.get(99)).message, /the key 99/)
  assert.equal(thrown(() => db.product.get('1')).code, 'VALIDATION')
  assert.equal(thrown(() => db.product.get({ description: 'Crisp' })).code, 'VALIDATION')
})

test('more kinds of requests than plans are kept change nothing but their cost', async (t) => {
  const db = await openShop(t)
  for (let round = 0; round < 2; round++) {
    for (let count = 1; count <= 14; count++) {
      for (let other = 1; other <= 14; other++) {
        const AND = [{ id: { in: Array(count).fill(1) } }, { id: { in: Array(other).fill(1) } }]
        assert.deepEqual(names(db.product.find({ where: { AND } })), ['Hiking boot'])
      }
      if (count % 7 === 0) assert.equal(db.product.get(2).name, 'Rain boot')
    }
  }
})

test('a kept plan sees what was rolled back, in one statement a relation', async (t) => {
  const db = await openShop(t)
  const read = (id) => db.product.get(id, { include: { product_items: true } })
  read(1)
  assert.throws(() =>
    db.transaction((tx) => {
      tx.product.update(1, { name: 'Walking boot' })
      assert.equal(tx.product.get(1).name, 'Walking boot')
      throw new Error('back')
    }),
  )
  const statements = []
  const stop = db.onQuery((statement) => statements.push(statement))
  assert.equal(read(1).name, 'Hiking boot')
  assert.equal(read(2).product_items.length, 1)
  stop()
  assert.deepEqual(
    statements.map(({ rows }) => rows),
    [1, 2, 1, 1],
  )
  assert.equal(statements[0].sql, statements[2].sql)
})
