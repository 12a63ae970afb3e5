// Reading: find, first, get and count, with relations on both sides.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, refusal } from './support/shop.mjs'

const names = (rows) => rows.map((row) => row.name)

test('find without arguments gives every row and column, in the order of the key', async (t) => {
  const db = await openShop(t)
  assert.deepEqual(db.uom.find(), [
    { id: 1, name: 'pair', symbol: null },
    { id: 2, name: 'kilogram', symbol: 'kg' },
  ])
})

test('select gives the columns asked for, in the order of the model', async (t) => {
  const db = await openShop(t)
  assert.deepEqual(Object.keys(db.product.first({ select: ['name', 'id'] })).sort(), ['id', 'name'])
})

test('a row that is included shows both sides of its relation', async (t) => {
  const db = await openShop(t)
  const [boots] = db.category.find({
    where: { name: 'Boots' },
    include: { products: { include: { category: { select: ['name'] }, product_items: true } } },
  })
  assert.deepEqual(names(boots.products), ['Hiking boot', 'Rain boot'])
  assert.deepEqual(boots.products[0].category, { name: 'Boots' })
  assert.deepEqual(names(boots.products[0].product_items), ['Hiking boot 42', 'Hiking boot 43'])
})

test('rows that refer to the same row share one object; a missing one is null', async (t) => {
  const db = await openShop(t)
  const [first, second, third] = db.product_item.find({ include: { uom: true } })
  assert.equal(first.uom, second.uom)
  assert.equal(first.uom.name, 'pair')
  assert.equal(third.uom, null)
})

test('limit and order of included rows count for each parent', async (t) => {
  const db = await openShop(t)
  const rows = db.product.find({
    include: { product_items: { orderBy: [{ name: 'desc' }], limit: 1, select: ['name'] } },
  })
  assert.deepEqual(
    rows.map((row) => names(row.product_items)),
    [['Hiking boot 43'], ['Rain boot 40'], ['Apple, loose']],
  )
})

test('_count says how many rows are related without bringing them', async (t) => {
  const db = await openShop(t)
  const rows = db.product.find({ select: ['name'], include: { _count: { product_items: true } } })
  assert.deepEqual(rows, [
    { name: 'Hiking boot', _count: { product_items: 2 } },
    { name: 'Rain boot', _count: { product_items: 1 } },
    { name: 'Apple', _count: { product_items: 1 } },
  ])
  const { _count } = db.product.first({ include: { _count: true } })
  assert.deepEqual(_count, { image: 0, photos: 0, product_items: 2 })
})

test('filters go through relations, on either side', async (t) => {
  const db = await openShop(t)
  const found = (where) => names(db.product.find({ where }))
  assert.deepEqual(found({ category: { name: 'Boots' } }), ['Hiking boot', 'Rain boot'])
  assert.deepEqual(found({ product_items: { some: { uom: { name: 'pair' } } } }), ['Hiking boot'])
  assert.deepEqual(found({ product_items: { every: { uom_id: { ne: null } } } }), [
    'Hiking boot',
    'Apple',
  ])
  assert.deepEqual(found({ product_items: { none: { uom: null } } }), ['Hiking boot', 'Apple'])
})

test('filters combine, and take every operator', async (t) => {
  const db = await openShop(t)
  const found = (where) => names(db.product.find({ where }))
  assert.deepEqual(found({ name: { contains: 'boot', startsWith: 'R' } }), ['Rain boot'])
  assert.deepEqual(found({ name: { like: '%boot' }, NOT: { id: 1 } }), ['Rain boot'])
  assert.deepEqual(found({ OR: [{ name: 'Apple' }, { id: { lt: 2 } }] }), ['Hiking boot', 'Apple'])
  assert.deepEqual(found({ AND: [{ id: { gte: 2 } }, { id: { lte: 2 } }] }), ['Rain boot'])
  assert.deepEqual(found({ id: { in: [1, 3], notIn: [1] } }), ['Apple'])
  assert.deepEqual(found({ id: { between: [2, 3] } }), ['Rain boot', 'Apple'])
  assert.deepEqual(found({ name: { eq: 'Apple' }, id: { gt: 1 } }), ['Apple'])
  assert.deepEqual(found({ category_id: null }), [])
})

test('a pattern with a NUL is refused, whether its plan is kept or not', async (t) => {
  const db = await openShop(t)
  for (const operator of ['like', 'contains', 'startsWith', 'endsWith']) {
    for (const text of ['a', 'a\0', '\0', 'b']) {
      const find = () => db.product.find({ where: { name: { [operator]: text } } })
      if (!text.includes('\0')) find()
      else refusal(find, { code: 'VALIDATION', path: `where.name.${operator}` })
    }
  }
  const all = { where: { name: { contains: '\0' } } }
  refusal(() => db.product.deleteMany(all), { code: 'VALIDATION' })
})

test('an order goes through relations, and pages follow it', async (t) => {
  const db = await openShop(t)
  const orderBy = [{ category: { name: 'desc' } }, { name: 'desc' }]
  assert.deepEqual(names(db.product.find({ orderBy })), ['Apple', 'Rain boot', 'Hiking boot'])
  assert.deepEqual(names(db.product.find({ orderBy, limit: 1, offset: 1 })), ['Rain boot'])
})

test('first refuses the limits that find refuses', async (t) => {
  const db = await openShop(t)
  for (const limit of [-1, 1.5, 'x', null]) {
    refusal(() => db.product.first({ limit }), { code: 'VALIDATION', path: 'limit' })
  }
  refusal(() => db.product.first({ limit: undefined }), { code: 'UNDEFINED_VALUE', path: 'limit' })
  assert.equal(db.product.first({ limit: 0 }), null)
  assert.equal(db.product.first({ limit: 5 }).id, 1)
})

test('first gives null where get fails', async (t) => {
  const db = await openShop(t)
  assert.equal(db.product.first({ where: { id: 99 } }), null)
  assert.equal(db.product.first({ where: { name: 'Apple' } }).id, 3)
  refusal(() => db.product.get(99), { code: 'NOT_FOUND', model: 'Product' })
})

test('get takes a key, the columns of a key, or a unique column', async (t) => {
  const db = await openShop(t)
  assert.equal(db.product.get(3).name, 'Apple')
  assert.equal(db.product.get({ id: 3 }).name, 'Apple')
  assert.equal(db.product.get({ name: 'Apple' }, { select: ['id'] }).id, 3)
})

test('count counts what find would give', async (t) => {
  const db = await openShop(t)
  assert.equal(db.product.count(), 3)
  assert.equal(db.product.count({ where: { category: { name: 'Boots' } } }), 2)
})
