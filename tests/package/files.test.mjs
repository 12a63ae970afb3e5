// Files: what export() gives is an ordinary .sqlite file, and what is none is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import initSqlJs from 'sql.js'
import { openCatalog } from './support/installed.mjs'
import { openShop, opened, rejection, sizes } from './support/shop.mjs'

const graph = (db) =>
  db.category.find({
    include: { products: { include: { product_items: { include: { uom: true } } } } },
  })

async function exported(t) {
  const db = await openShop(t)
  return db.export()
}

test('an exported catalog opens again with everything in it', async (t) => {
  const shop = await openShop(t)
  const again = await opened(t, { data: shop.export() })
  assert.deepEqual(graph(again), graph(shop))
  assert.equal(again.category.create({ name: 'New', description: '' }).id, 3)
  const fromBuffer = await opened(t, { data: shop.export().slice().buffer })
  assert.deepEqual(sizes(fromBuffer), sizes(shop))
})

test('exporting takes nothing away, and the copy does not change afterwards', async (t) => {
  const db = await openShop(t)
  const first = db.export()
  const before = first.slice()
  db.category.delete(1)
  db.export()
  assert.deepEqual(first, before)
})

test('sql.js reads an exported catalog and writes it for Vitrine', async (t) => {
  const SQL = await initSqlJs()
  const file = new SQL.Database(await exported(t))
  const read = (sql) => file.exec(sql)[0].values
  assert.deepEqual(read('PRAGMA integrity_check'), [['ok']])
  assert.deepEqual(read('SELECT name FROM product ORDER BY id'), [
    ['Hiking boot'],
    ['Rain boot'],
    ['Apple'],
  ])
  file.run("INSERT INTO product (name, description, category_id) VALUES ('Pear', 'Soft', 2)")
  file.run("UPDATE category SET name = 'Shoes' WHERE name = 'Boots'")
  file.run('PRAGMA foreign_keys = ON')
  file.run("DELETE FROM product WHERE name = 'Hiking boot'")
  const db = await opened(t, { data: file.export() })
  file.close()
  assert.equal(db.product.get({ name: 'Pear' }, { include: { category: true } }).category.id, 2)
  assert.equal(db.category.get(1).name, 'Shoes')
  assert.equal(db.product_item.count(), 2)
})

test('a damaged file is refused and leaves other catalogs alone', async (t) => {
  const open = await openShop(t)
  const before = sizes(open)
  const file = open.export()
  const damaged = {
    'of another kind': new TextEncoder().encode('<!doctype html><p>not a catalog</p>'),
    empty: new Uint8Array(),
    'cut off': file.slice(0, 5000),
    'of noise behind the header': file.map((byte, index) => (index < 100 ? byte : index % 251)),
  }
  for (const [what, data] of Object.entries(damaged)) {
    const error = await rejection(openCatalog({ data }), { code: 'CORRUPT' })
    assert.match(error.message, /\w+.*\w+/, what)
  }
  assert.deepEqual(sizes(open), before)
})

test('a database of something else is refused', async () => {
  const SQL = await initSqlJs()
  const file = new SQL.Database()
  file.run('CREATE TABLE product (sku TEXT PRIMARY KEY, price REAL)')
  const data = file.export()
  file.close()
  await rejection(openCatalog({ data }), { code: 'VALIDATION' })
})

test('a trusted file opens without a look at its rows; any other is looked through', async (t) => {
  const shop = await openShop(t)
  const again = await opened(t, { data: shop.export(), trusted: true })
  assert.deepEqual(graph(again), graph(shop))
  // A unit whose symbol is longer than its column may hold.
  const SQL = await initSqlJs()
  const file = new SQL.Database(shop.export())
  file.run('PRAGMA ignore_check_constraints = ON')
  file.run("UPDATE uom SET symbol = printf('%100s', 'x') WHERE id = 1")
  const data = file.export()
  file.close()
  await rejection(openCatalog({ data }), { code: 'CORRUPT' })
  const trusting = await opened(t, { data, trusted: true })
  assert.equal(trusting.uom.get(1).symbol.length, 100)
})

test('the option trusted says something about data', async () => {
  await rejection(openCatalog({ trusted: true }), { code: 'VALIDATION', path: 'trusted' })
  const data = new Uint8Array()
  await rejection(openCatalog({ data, trusted: 1 }), { code: 'VALIDATION', path: 'trusted' })
  for (const none of [null, 5, 'shop.sqlite', []]) {
    await rejection(openCatalog(none), { code: 'VALIDATION' })
  }
  await rejection(openCatalog({ data: undefined }), { code: 'UNDEFINED_VALUE', path: 'data' })
})
