// Many rows in one call: createMany, updateMany, deleteMany; and upsert.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, opened, refusal, sizes } from './support/shop.mjs'

const names = (rows) => rows.map((row) => row.name)

function statements(db, work) {
  const all = []
  const stop = db.onQuery((statement) => all.push(statement.sql))
  work()
  stop()
  return all
}

test('createMany writes every row, fills in defaults, and says how many', async (t) => {
  const db = await opened(t)
  assert.equal(db.uom.createMany([{ name: 'loaf' }, { name: 'kilogram', symbol: 'kg' }]), 2)
  assert.deepEqual(db.uom.find(), [
    { id: 1, name: 'loaf', symbol: null },
    { id: 2, name: 'kilogram', symbol: 'kg' },
  ])
  assert.equal(db.uom.createMany([]), 0)
  db.product.create({ name: 'Apple', description: '' })
  const picture = { width: 1, height: 2, product_id: 1, mimetype: 'image/png' }
  db.product_picture.createMany([picture])
  const { original, created_at } = db.product_picture.first()
  assert.equal(original, false)
  assert.match(created_at, /^\d{4}-\d\d-\d\dT/)
})

test('createMany keeps all rows or none, and names the row that cannot be', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const refused = (rows, expected) => refusal(() => db.uom.createMany(rows), expected)
  const good = { name: 'box' }
  refused([good, { name: 'pair' }], { code: 'UNIQUE', model: 'UOM', path: '[1].name' })
  refused([good, {}], { code: 'NOT_NULL', path: '[1].name' })
  refused([good, { name: 5 }], { code: 'VALIDATION', path: '[1].name' })
  refused([good, { name: 'x', nme: 1 }], { code: 'VALIDATION', path: '[1].nme' })
  refused([good, { name: undefined }], { code: 'UNDEFINED_VALUE', path: '[1].name' })
  refused([good, { name: 'x', product_items: {} }], { path: '[1].product_items' })
  refused([good, 7], { code: 'VALIDATION', path: '[1]' })
  refused({ ...good }, { code: 'VALIDATION' })
  const item = { name: 'x', description: '', product_id: 99 }
  refusal(() => db.product_item.createMany([item]), { code: 'FOREIGN_KEY' })
  assert.deepEqual(sizes(db), before)
})

test('updateMany sets the same values in all rows that fit', async (t) => {
  const db = await openShop(t)
  const where = { product: { category: { name: 'Boots' } } }
  assert.equal(db.product_item.updateMany({ where, data: { uom_id: 2, description: 'x' } }), 3)
  const rows = db.product_item.find({ where: { uom_id: 2, description: 'x' } })
  assert.deepEqual(names(rows), ['Hiking boot 42', 'Hiking boot 43', 'Rain boot 40'])
  assert.equal(db.uom.updateMany({ where: {}, data: { symbol: null } }), 2)
})

test('updateMany refuses what update would, and changes nothing then', async (t) => {
  const db = await openShop(t)
  const before = db.uom.find()
  const refused = (args, expected) => refusal(() => db.uom.updateMany(args), expected)
  refused({ where: {}, data: { name: 'same' } }, { code: 'UNIQUE', model: 'UOM' })
  refused({ where: {}, data: { name: null } }, { code: 'NOT_NULL', model: 'UOM' })
  refused({ where: {}, data: { symbol: 's'.repeat(33) } }, { path: 'data.symbol' })
  refused({ where: {}, data: { id: 5 } }, { code: 'VALIDATION', path: 'data.id' })
  refused({ where: {}, data: { nme: 1 } }, { code: 'VALIDATION', path: 'data.nme' })
  refused({ where: {}, data: {} }, { code: 'VALIDATION', path: 'data' })
  refused({ where: { nme: 1 }, data: { symbol: 'x' } }, { path: 'where.nme' })
  refused({ data: { symbol: 'x' } }, { code: 'VALIDATION', path: 'where' })
  assert.deepEqual(db.uom.find(), before)
})

test('deleteMany takes what delete takes, in as many statements for any number', async (t) => {
  const db = await openShop(t)
  const where = { name: { like: '%boot' } }
  const gone = { product: 2, product_item: 3 }
  assert.deepEqual(db.product.deleteMany({ where }, { dryRun: true }), gone)
  assert.equal(db.product.count(), 3)
  const one = statements(db, () => db.product.deleteMany({ where: { id: 3 } }, { dryRun: true }))
  const two = statements(db, () => db.product.deleteMany({ where }, { dryRun: true }))
  assert.equal(two.length, one.length)
  assert.deepEqual(db.product.deleteMany({ where }), gone)
  assert.deepEqual(names(db.product.find()), ['Apple'])
  refusal(() => db.product.deleteMany(), { code: 'VALIDATION', path: 'where' })
  refusal(() => db.product.deleteMany({ where: {} }, { dryRun: 0 }), { path: 'dryRun' })
})

test('upsert changes the row that a unique value finds, or makes one', async (t) => {
  const db = await openShop(t)
  const items = db.product_item.count({ where: { uom_id: 1 } })
  assert.deepEqual(db.uom.upsert({ name: 'pair', symbol: '2' }), {
    ...{ id: 1, name: 'pair', symbol: '2' },
  })
  assert.equal(db.product_item.count({ where: { uom_id: 1 } }), items)
  assert.equal(db.uom.upsert({ id: 1, name: 'two' }).name, 'two')
  assert.equal(db.uom.upsert({ name: 'box' }, { select: ['id'] }).id, 3)
  assert.deepEqual(names(db.uom.find()), ['two', 'kilogram', 'box'])
})

test('upsert takes nested data, and never gives a row another key', async (t) => {
  const db = await openShop(t)
  const category = { connectOrCreate: { name: 'Sale', description: '' } }
  const row = db.product.upsert(
    { name: 'Apple', description: 'Cheap', category },
    { include: { category: true } },
  )
  assert.deepEqual([row.id, row.category.name], [3, 'Sale'])
  const before = db.uom.find()
  refusal(() => db.uom.upsert({ id: 9, name: 'pair' }), { code: 'VALIDATION', model: 'UOM' })
  refusal(() => db.uom.upsert({ id: 1, name: 'kilogram' }), { code: 'UNIQUE', model: 'UOM' })
  refusal(() => db.uom.upsert({ symbol: 'x' }), { code: 'NOT_NULL', model: 'UOM' })
  assert.deepEqual(db.uom.find(), before)
})

test('upsert finds rows with a key of several columns', async (t) => {
  const db = await openShop(t)
  const key = { width: 1, height: 2, product_id: 1 }
  db.product_picture.upsert({ ...key, mimetype: 'image/png' })
  db.product_picture.upsert({ ...key, mimetype: 'image/webp' })
  const rows = db.product_picture.find({ select: ['mimetype'] })
  assert.deepEqual(rows, [{ mimetype: 'image/webp' }])
})
