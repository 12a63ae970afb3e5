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

test('createMany writes many rows with few statements, mixed as they may be', async (t) => {
  const db = await opened(t)
  const name = (i) => `Ü🥾\0${i}`
  const rows = Array.from({ length: 6000 }, (_, i) => ({ name: name(i), symbol: null, id: i + 1 }))
  rows[7] = { id: 8n, name: 'a' }
  rows[9] = { name: 'b' }
  const sql = statements(db, () => db.uom.createMany(rows))
  // Three cells a row, 8,192 cells a statement.
  assert.equal(sql.filter((text) => text.startsWith('INSERT INTO "uom"')).length, 3)
  const found = db.uom.find()
  assert.deepEqual(found[7], { id: 8, name: 'a', symbol: null })
  assert.deepEqual(found[9], { id: 10, name: 'b', symbol: null })
  assert.deepEqual(found[5999], { id: 6000, name: name(5999), symbol: null })
})

test('createMany gives no ids that nothing could read', async (t) => {
  const db = await opened(t)
  db.uom.create({ id: Number.MAX_SAFE_INTEGER, name: 'last' })
  refusal(() => db.uom.createMany([{ name: 'beyond' }]), { code: 'RANGE' })
  refusal(() => db.uom.create({ name: 'beyond' }), { code: 'RANGE' })
  assert.equal(db.uom.createMany([{ id: 5, name: 'five' }]), 1)
  assert.deepEqual(names(db.uom.find()), ['five', 'last'])
})

test('createMany takes dates, and bytes of any view', async (t) => {
  const db = await opened(t)
  const sha256 = 's'.repeat(64)
  const image = { sha256, mimetype: '', width: 1, height: 1, size_bytes: 2 }
  const bytes = new Uint8Array([0, 1, 2, 3]).subarray(1, 3)
  db.image_blob.createMany([{ ...image, bytes }])
  assert.deepEqual(db.image_blob.first().bytes, new Uint8Array([1, 2]))
  db.product.createMany([{ name: 'Apple', description: '' }])
  const picture = { height: 2, product_id: 1, mimetype: 'image/png' }
  const created_at = '2026-11-22T09:30:00.000Z'
  db.product_picture.createMany([
    { ...picture, width: 1, created_at: new Date(created_at) },
    { ...picture, width: 2, created_at: '2026-11-22T10:30+01:00', original: true },
  ])
  const times = db.product_picture.find({ select: ['created_at'] })
  assert.deepEqual(times, [{ created_at }, { created_at }])
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
  refused([good, undefined], { code: 'UNDEFINED_VALUE', path: '[1]' })
  refused([good, [1]], { code: 'VALIDATION', path: '[1]' })
  refused([good, new Map()], { code: 'VALIDATION', path: '[1]' })
  refused([good, { name: 'half \ud83d' }], { code: 'VALIDATION', path: '[1].name' })
  refused([good, { name: 'x', symbol: 's'.repeat(33) }], { code: 'VALIDATION', path: '[1].symbol' })
  refused([good, { id: 1.5, name: 'x' }], { code: 'VALIDATION', path: '[1].id' })
  refused([good, { id: NaN, name: 'x' }], { code: 'VALIDATION', path: '[1].id' })
  refused([good, { id: 2 ** 60, name: 'x' }], { code: 'RANGE', path: '[1].id' })
  refused([good, { id: '7', name: 'x' }], { code: 'VALIDATION', path: '[1].id' })
  refused([good, JSON.parse('{"name":"x","__proto__":1}')], { path: '[1].__proto__' })
  refused([good, { name: 'x', toString: 1 }], { path: '[1].toString' })
  const late = Array.from({ length: 6000 }, (_, i) => ({ name: `${i}` }))
  late[5500] = { name: '17' }
  refused(late, { code: 'UNIQUE', path: '[5500].name' })
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
  assert.deepEqual(db.uom.find(), before)
})

test('what is missing of updateMany and deleteMany is said, each in its words', async (t) => {
  const db = await openShop(t)
  const refused = (call, path, words) => refusal(call, { code: 'VALIDATION', path }, words)
  const every = /^(update|delete)Many needs where: { where: {} } is every row\.$/
  refused(() => db.uom.updateMany({ data: { symbol: 'x' } }), 'where', every)
  refused(() => db.uom.deleteMany(), 'where', every)
  const data = /^updateMany needs data: the values to set\.$/
  refused(() => db.uom.updateMany({ where: {} }), 'data', data)
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
