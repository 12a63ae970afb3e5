// Live queries and change events: once per commit, never inside of a transaction, never for
// nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLater } from './support/installed.mjs'
import { opened, openShop, refusal, rejection } from './support/shop.mjs'

const settled = () => new Promise((resolve) => setImmediate(resolve))
// The keys of a table come in no order.
const sorted = (changes) =>
  Object.fromEntries(Object.entries(changes).map(([table, keys]) => [table, [...keys].sort()]))
const names = (rows) => rows.map(({ name }) => name)

// The results that a live query was told.
function followed(live) {
  const results = []
  live.subscribe((rows) => results.push(rows))
  return results
}

test('a subscriber is told the result there is, and each that differs', async (t) => {
  const db = await openShop(t)
  const results = followed(db.uom.live({ orderBy: [{ name: 'asc' }] }))
  assert.deepEqual(results.map(names), [['kilogram', 'pair']])
  db.uom.create({ name: 'box' })
  await settled()
  assert.deepEqual(names(results[1]), ['box', 'kilogram', 'pair'])
  db.product.create({ name: 'Pear', description: '' })
  db.uom.update(1, { name: 'pair' })
  await settled()
  assert.equal(results.length, 2)
})

test('its request runs again only after a commit that changed a table it reads', async (t) => {
  const db = await openShop(t)
  followed(db.product.live({ where: { product_items: { some: { uom: { name: 'pair' } } } } }))
  const seen = []
  db.onQuery(({ sql }) => /FROM "?product"?/.test(sql) && seen.push(sql))
  db.category.update(1, { description: 'new' })
  await settled()
  assert.equal(seen.length, 0)
  db.uom.update(1, { symbol: '2x' })
  await settled()
  assert.equal(seen.length, 1)
})

test('inside a transaction nothing is told, after a rollback neither', async (t) => {
  const db = await openShop(t)
  const results = followed(db.uom.live())
  db.transaction((tx) => {
    tx.uom.create({ name: 'box' })
    tx.uom.create({ name: 'crate' })
  })
  await settled()
  assert.equal(results.length, 2)
  const failing = () =>
    db.transaction((tx) => {
      tx.uom.create({ name: 'sack' })
      throw new Error('no')
    })
  assert.throws(failing, /no/)
  await settled()
  assert.equal(results.length, 2)
})

test('rows that did not change stay the same objects, nested ones too', async (t) => {
  const db = await openShop(t)
  const include = { category: true, product_items: { include: { uom: true } } }
  const results = followed(db.product.live({ include }))
  db.product_item.update({ name: 'Hiking boot 43' }, { description: 'wide' })
  await settled()
  const [[hiking, rain, apple], now] = results
  assert.notEqual(now[0], hiking)
  assert.deepEqual([now[1] === rain, now[2] === apple], [true, true])
  assert.equal(now[0].category, hiking.category)
  assert.equal(now[0].product_items[0], hiking.product_items[0])
  assert.equal(now[0].product_items[1].description, 'wide')
  assert.equal(now[0].product_items[1].uom, hiking.product_items[1].uom)
  db.product.delete(1)
  await settled()
  assert.deepEqual([results[2][0] === rain, results[2][1] === apple], [true, true])
})

test('rows share what they refer to, new ones and those that refer elsewhere too', async (t) => {
  const db = await openShop(t)
  const [boots, fruit] = db.category.find({ orderBy: [{ id: 'asc' }] })
  const include = { category: true, product_items: { include: { uom: true } } }
  const results = followed(db.product.live({ include, orderBy: [{ id: 'asc' }] }))
  const item = { name: 'Clog 38', description: '', uom: { connect: { name: 'pair' } } }
  const product_items = { create: [item] }
  const data = { name: 'Clog', description: '', category_id: boots.id, product_items }
  const clog = db.product.create(data)
  await settled()
  const [before, now] = results
  assert.equal(now.at(-1).category, before[0].category)
  assert.equal(now.at(-1).product_items[0].uom, before[0].product_items[0].uom)
  db.category.create({ name: 'Unrelated', description: '' })
  await settled()
  assert.equal(results.length, 2)
  db.product.update(clog.id, { category_id: fruit.id })
  await settled()
  const apple = results[2].find(({ name }) => name === 'Apple')
  assert.equal(
    apple,
    before.find(({ name }) => name === 'Apple'),
  )
  assert.equal(results[2].at(-1).category, apple.category)
})

test('rows that come without their key share what they refer to as well', async (t) => {
  const db = await openShop(t)
  const include = { product: { select: ['name'] } }
  const results = followed(db.product_item.live({ include, orderBy: [{ id: 'asc' }] }))
  const [first, , rain] = results[0]
  assert.equal(rain.product.name, 'Rain boot')
  db.product_item.update(first.id, { product_id: rain.product_id })
  await settled()
  assert.equal(results[1][2], rain)
  assert.equal(results[1][0].product, rain.product)
})

test('a search is live too, also for the texts of related rows', async (t) => {
  const db = await openShop(t)
  const results = followed(db.product.live({ search: 'wide' }))
  db.product_item.update({ name: 'Rain boot 40' }, { description: 'wide' })
  await settled()
  assert.deepEqual(results.map(names), [[], ['Rain boot']])
})

test('getSnapshot is the result of now, also of what nobody follows', async (t) => {
  const db = await openShop(t)
  const live = db.uom.live()
  const first = live.getSnapshot()
  db.product.update(1, { description: 'x' })
  assert.equal(live.getSnapshot(), first)
  db.uom.create({ name: 'box' })
  assert.equal(live.getSnapshot().length, 3)
  const results = followed(live)
  db.uom.create({ name: 'crate' })
  assert.equal(live.getSnapshot().length, 4)
  await settled()
  assert.deepEqual(
    results.map((rows) => rows.length),
    [3, 4],
  )
})

test('equal requests share one run', async (t) => {
  const db = await openShop(t)
  const [one, other] = [0, 1].map(() => followed(db.uom.live({ where: { name: 'box' } })))
  let statements = 0
  db.onQuery(({ sql }) => (statements += /^SELECT .*"uom"/s.test(sql) ? 1 : 0))
  db.sql`INSERT INTO uom (name) VALUES ('box')`
  await settled()
  assert.equal(statements, 1)
  assert.equal(one[1], other[1])
})

test('a loop gets the newest result, and ends with the live query or the catalog', async (t) => {
  const db = await openShop(t)
  const live = db.uom.live()
  const seen = []
  for await (const rows of live) {
    seen.push(rows.length)
    if (seen.length === 3) break
    db.uom.create({ name: `box ${seen.length}` })
    db.uom.create({ name: `crate ${seen.length}` })
  }
  assert.deepEqual(seen, [2, 4, 6])
  const waiting = [db.uom.live(), live].map((one) => one[Symbol.asyncIterator]())
  for (const iterator of waiting) await iterator.next()
  const ends = waiting.map((iterator) => iterator.next())
  live[Symbol.dispose ?? Symbol.for('Symbol.dispose')]()
  assert.deepEqual(await ends[1], { done: true, value: undefined })
  db.close()
  assert.deepEqual(await ends[0], { done: true, value: undefined })
})

test('results that are asked for at once come one after the other', async (t) => {
  const db = await openShop(t)
  const iterator = db.uom.live()[Symbol.asyncIterator]()
  const asked = [1, 2, 3, 4].map(() => iterator.next())
  assert.equal((await asked[0]).value.length, 2)
  db.uom.create({ name: 'box' })
  assert.equal((await asked[1]).value.length, 3)
  await iterator.return()
  assert.deepEqual([(await asked[2]).done, (await asked[3]).done], [true, true])
})

test('who left is told nothing, and closing a live query ends its subscriptions', async (t) => {
  const db = await openShop(t)
  const live = db.uom.live()
  const seen = []
  const stop = live.subscribe(() => seen.push('one'))
  live.subscribe(() => seen.push('other'))
  stop()
  db.uom.create({ name: 'box' })
  await settled()
  live.close()
  db.uom.create({ name: 'crate' })
  await settled()
  assert.deepEqual(seen, ['one', 'other', 'other'])
})

test('mistakes are refused at once, failures are told to who follows', async (t) => {
  const db = await openShop(t)
  refusal(() => db.uom.live({ where: { colour: 'red' } }), { code: 'VALIDATION' })
  refusal(() => db.uom.live({ page: 1 }), { code: 'VALIDATION', path: 'page' })
  db.transaction((tx) => refusal(() => tx.uom.live(), { code: 'STATE' }))
  const live = db.product.live({ include: { category: true } })
  const told = []
  live.subscribe(
    (rows) => told.push(rows.length),
    (error) => told.push(error.code),
  )
  db.sql`ALTER TABLE product RENAME TO elsewhere`
  db.sql`UPDATE category SET description = 'new'`
  await settled()
  refusal(() => live.getSnapshot(), { code: 'SQL' })
  db.sql`ALTER TABLE elsewhere RENAME TO product`
  db.sql`UPDATE category SET description = 'newer'`
  await settled()
  assert.deepEqual(told, [3, 'SQL', 3])
})

test('a failure ends a loop, which follows nothing from then on', async (t) => {
  const db = await openShop(t)
  const results = db.product.live({ include: { category: true } })[Symbol.asyncIterator]()
  await results.next()
  db.sql`ALTER TABLE product RENAME TO elsewhere`
  db.sql`UPDATE category SET description = 'new'`
  await rejection(results.next(), { code: 'SQL' })
  db.sql`ALTER TABLE elsewhere RENAME TO product`
  let reads = 0
  db.onQuery(({ sql }) => (reads += /^SELECT .*"product"/s.test(sql) ? 1 : 0))
  db.sql`UPDATE category SET description = 'newer'`
  await settled()
  assert.equal(reads, 0)
  assert.equal((await results.next()).done, true)
})

test('who asks again on being told of a failure is told once', async (t) => {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  const live = db.uom.live({ where: { colour: 'red' } })
  let told = 0
  await new Promise((resolve) =>
    live.subscribe(resolve, (error) => {
      told++
      refusal(() => live.getSnapshot(), { code: error.code })
      resolve()
    }),
  )
  await db.uom.count()
  await db.uom.count()
  assert.equal(told, 1)
})

test('onChange tells each commit with the keys of its rows, when its call is over', async (t) => {
  const db = await openShop(t)
  const all = []
  const stop = db.onChange((changes) => all.push([sorted(changes), db.uom.count()]))
  db.transaction((tx) => {
    tx.uom.create({ name: 'box' })
    tx.uom.update(1, { symbol: '2x' })
    assert.equal(all.length, 0)
  })
  db.sql`UPDATE uom SET name = 'two' WHERE id = 1`
  db.product.update(1, { name: 'Hiking boot' })
  db.undo()
  db.uom.createMany([{ name: 'crate' }])
  assert.deepEqual(all, [
    [{ uom: [1, 3] }, 3],
    [{ uom: [1] }, 3],
    [{ uom: [1] }, 3],
    [{ uom: [4] }, 4],
  ])
  stop()
  db.uom.create({ name: 'sack' })
  assert.equal(all.length, 4)
  refusal(() => db.onChange('x'), { code: 'VALIDATION' })
})

test('what a listener commits is told after what it listened to', async (t) => {
  const db = await opened(t)
  const told = [[], []]
  db.onChange((changes) => {
    told[0].push(changes)
    if (changes.uom) db.category.create({ name: 'c', description: '' })
  })
  db.onChange((changes) => told[1].push(changes))
  db.uom.create({ name: 'box' })
  const expected = [{ uom: [1] }, { category: [1] }]
  assert.deepEqual(told, [expected, expected])
})

test('each commit on 10,000 products is told once, with one new row', async (t) => {
  const db = await opened(t)
  db.category.create({ name: 'Boots', description: '' })
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    name: `Product ${index}`,
    description: 'Waterproof',
    category_id: 1,
  }))
  db.product.createMany(rows)
  const told = []
  db.product.live({ include: { category: true } }).subscribe((found) => told.push(found))
  for (let round = 0; round < 10; round++) {
    db.product.update(1 + round, { description: `new ${round}` })
    await settled()
  }
  assert.equal(told.length, 11)
  const isNew = (row, at) => row !== told[9][at]
  assert.deepEqual(
    told[10].filter(isNew).map(({ id }) => id),
    [10],
  )
})

test('what another catalog committed before it was closed is not taken for a commit', async (t) => {
  const before = await opened(t)
  before.uom.create({ name: 'box' })
  before.close()
  const db = await opened(t)
  const seen = []
  db.onChange((changes) => seen.push(changes))
  refusal(() => db.uom.find({ where: undefined }), { code: 'UNDEFINED_VALUE' })
  assert.deepEqual(seen, [])
  db.uom.create({ name: 'crate' })
  assert.deepEqual(seen, [{ uom: [1] }])
})
