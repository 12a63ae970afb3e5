// Unique values that rows of a saved graph exchange, of which some are written apart from others:
// those that move from one list to another, or are put in the place of another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random, seedOf } from './support/random.mjs'
import { openShop, opened, refusal } from './support/shop.mjs'

const include = { products: { include: { product_items: true } } }

// The names of each product's items.
const named = ({ products }) =>
  products.map(({ product_items }) => product_items.map(({ name }) => name))

test('rows that move to another list swap names with those that stay', async (t) => {
  const db = await openShop(t)
  const shelf = db.category.get(1, { include })
  const [hiking, rain] = shelf.products
  const [moved] = hiking.product_items.splice(0, 1)
  const [stays] = rain.product_items
  ;[moved.name, stays.name] = [stays.name, moved.name]
  rain.product_items.push(moved)
  const saved = db.category.save(shelf, { include })
  assert.deepEqual(named(saved), [['Hiking boot 43'], ['Rain boot 40', 'Hiking boot 42']])
  assert.equal(db.product_item.get(moved.id).product_id, rain.id)
})

test('a new row takes the name of one that moves away', async (t) => {
  const db = await openShop(t)
  const shelf = db.category.get(1, { include })
  const [hiking, rain] = shelf.products
  const [moved] = hiking.product_items.splice(0, 1)
  hiking.product_items.push({ name: moved.name, description: 'new' })
  moved.name = 'Hiking boot, old'
  rain.product_items.push(moved)
  const saved = db.category.save(shelf, { include })
  assert.deepEqual(named(saved)[1], ['Hiking boot, old', 'Rain boot 40'])
  assert.equal(db.product_item.get({ name: 'Hiking boot 42' }).description, 'new')
})

test('a row swaps names with the one that it is put in the place of', async (t) => {
  const db = await openShop(t)
  const item = db.product_item.get(1, { include: { uom: true } })
  const kilogram = { ...db.uom.get(2), name: 'pair' }
  item.uom = kilogram
  const other = db.product_item.get(2, { include: { uom: true } })
  other.uom.name = 'kilogram'
  const product = { id: 1, product_items: [item, other] }
  db.product.save(product)
  const units = db.uom.find().map(({ id, name }) => [id, name])
  assert.deepEqual(units, [
    [1, 'kilogram'],
    [2, 'pair'],
  ])
})

test('a name that nobody gives up is still refused, and nothing is written', async (t) => {
  const db = await openShop(t)
  const shelf = db.category.get(1, { include })
  const [hiking, rain] = shelf.products
  const [moved] = hiking.product_items.splice(0, 1)
  moved.name = 'Apple, loose'
  rain.product_items.push(moved)
  const before = db.product_item.find()
  refusal(() => db.category.save(shelf), { code: 'UNIQUE' })
  assert.deepEqual(db.product_item.find(), before)
})

test('any names and any places are saved at once', async (t) => {
  const random = new Random(seedOf(t))
  const db = await opened(t)
  const create = ['a', 'b', 'c'].map((name) => ({ name, description: '' }))
  db.category.create({ name: 'all', description: '', products: { create } })
  const items = [...'ABCDEF'].map((name) => ({ name, description: '', product_id: 1 }))
  db.product_item.createMany(items)
  for (let round = 0; round < 30; round++) {
    const shelf = db.category.get(1, { include })
    const rows = shelf.products.flatMap(({ product_items }) => product_items.splice(0))
    const names = rows.map(({ name }) => name).sort(() => random.next() - 0.5)
    rows.forEach((row, index) => {
      row.name = names[index]
      random.pick(shelf.products).product_items.push(row)
    })
    const expected = rows.map(({ id, name }) => [id, name]).sort(([a], [b]) => a - b)
    db.category.save(shelf)
    const found = db.product_item.find().map(({ id, name }) => [id, name])
    assert.deepEqual(found, expected)
  }
})
