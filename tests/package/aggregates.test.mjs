// aggregate: numbers over all rows that fit, or over groups of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, refusal } from './support/shop.mjs'

test('without groups there is one row, whatever fits', async (t) => {
  const db = await openShop(t)
  const values = {
    rows: { count: true },
    units: { count: 'uom_id' },
    kinds: { countDistinct: 'uom.name' },
    total: { sum: 'id' },
    mean: { avg: 'id' },
    first: { min: 'name' },
    last: { max: 'product.category.name' },
  }
  assert.deepEqual(db.product_item.aggregate({ values }), {
    ...{ rows: 4, units: 3, kinds: 2, total: 10, mean: 2.5 },
    ...{ first: 'Apple, loose', last: 'Fruit' },
  })
  assert.deepEqual(db.product_item.aggregate({ where: { id: 99 }, values }), {
    ...{ rows: 0, units: 0, kinds: 0, total: null, mean: null, first: null, last: null },
  })
})

test('groups come in their order, and rows without a related one are a group', async (t) => {
  const db = await openShop(t)
  const values = { items: { count: true } }
  assert.deepEqual(db.product_item.aggregate({ groupBy: ['uom.name'], values }), [
    { 'uom.name': null, items: 1 },
    { 'uom.name': 'kilogram', items: 1 },
    { 'uom.name': 'pair', items: 2 },
  ])
  assert.deepEqual(db.product.aggregate({ groupBy: ['category_id'] }), [
    { category_id: 1 },
    { category_id: 2 },
  ])
})

test('a column may come twice, and columns of two models have one name', async (t) => {
  const db = await openShop(t)
  const rows = db.product.aggregate({
    groupBy: ['name', 'category.name'],
    values: { first: { min: 'id' }, again: { min: 'id' } },
    where: { name: 'Apple' },
  })
  assert.deepEqual(rows, [{ name: 'Apple', 'category.name': 'Fruit', first: 3, again: 3 }])
})

test('having, orderBy and limit are about the groups', async (t) => {
  const db = await openShop(t)
  const asked = { groupBy: ['product.name'], values: { items: { count: true } } }
  const found = (more) => db.product_item.aggregate({ ...asked, ...more })
  assert.deepEqual(found({ having: { items: { gt: 1 } } }), [
    { 'product.name': 'Hiking boot', items: 2 },
  ])
  assert.deepEqual(found({ having: { 'product.name': { lt: 'B' } } }), [
    { 'product.name': 'Apple', items: 1 },
  ])
  const orderBy = [{ items: 'desc' }, { 'product.name': 'desc' }]
  assert.deepEqual(
    found({ orderBy, limit: 2 }).map((row) => row['product.name']),
    ['Hiking boot', 'Rain boot'],
  )
})

test('booleans are booleans in groups too', async (t) => {
  const db = await openShop(t)
  const picture = { width: 1, height: 1, mimetype: 'image/png' }
  db.product_picture.createMany([
    { ...picture, product_id: 1, original: true },
    { ...picture, product_id: 2 },
  ])
  const values = { any: { max: 'original' }, rows: { count: true } }
  assert.deepEqual(db.product_picture.aggregate({ groupBy: ['original'], values }), [
    { original: false, any: false, rows: 1 },
    { original: true, any: true, rows: 1 },
  ])
})

test('what makes no sense is refused with its place', async (t) => {
  const db = await openShop(t)
  const refused = (path, args) =>
    refusal(() => db.product.aggregate(args), { code: 'VALIDATION', path })
  const values = { n: { count: true } }
  refused('values.n.total', { values: { n: { total: 'id' } } })
  refused('values.n.sum', { values: { n: { sum: 'name' } } })
  refused('values.n.min', { values: { n: { min: 'nme' } } })
  refused('values.n', { values: { n: { min: 'id', max: 'id' } } })
  refused('groupBy[1]', { groupBy: ['name', 'category.nme'], values })
  refused('groupBy[0]', { groupBy: ['product_items.name'], values })
  refused('groupBy', { groupBy: 'name', values })
  refused('values.name', { groupBy: ['name'], values: { name: { count: true } } })
  refused('having.m', { values, having: { m: { gt: 1 } } })
  refused('having.n.above', { values, having: { n: { above: 1 } } })
  refused('having.n.gt', { groupBy: ['name'], values, having: { n: { gt: '1' } } })
  refused('having.name.lt', { groupBy: ['name'], values, having: { name: { lt: 1 } } })
  refused('orderBy[0].n', { values, orderBy: [{ n: 'up' }] })
  refused('limit', { values, limit: -1 })
  refused('limit', { values, limit: 0 })
  refused('having', { values, having: { n: { gt: 99 } } })
  refused('include', { values, include: {} })
  refused('values', {})
  refusal(() => db.product.aggregate({ values: { n: undefined } }), {
    code: 'UNDEFINED_VALUE',
    path: 'values.n',
  })
})
