// Values on their way through packets: whatever goes in comes out, whatever stands beside it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import initSqlJs from 'sql.js'
import { openShop, opened, refusal } from './support/shop.mjs'

const awkward = [
  '',
  '\ufeffwith a byte order mark',
  'a\0b\0',
  'naïve café',
  '日本語のパン',
  '🥐🍞👩‍🍳',
  'z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A',
  '\u2028\u2029 "quoted" \\ \'',
  'x'.repeat(100_000),
]

test('text of every kind comes back as it went in, next to other text', async (t) => {
  const db = await opened(t)
  db.transaction(() => {
    awkward.forEach((text, index) => {
      db.category.create({ name: `${index}${text.slice(0, 200)}`, description: text })
    })
  })
  const rows = db.category.find()
  assert.deepEqual(
    rows.map((row) => [row.name, row.description]),
    awkward.map((text, index) => [`${index}${text.slice(0, 200)}`, text]),
  )
  for (const [index, text] of awkward.entries()) {
    const name = `${index}${text.slice(0, 200)}`
    assert.equal(db.category.get({ name }).description, text)
  }
})

test('no rows, and parents without children, are rows of the same form', async (t) => {
  const db = await openShop(t)
  const include = { products: { include: { product_items: true } } }
  assert.deepEqual(db.category.find({ where: { id: 0 }, include }), [])
  const row = db.category.create({ name: 'Empty', description: '' }, { include })
  assert.deepEqual(row.products, [])
})

test('rows of one request are alike in the order of their properties', async (t) => {
  const db = await openShop(t)
  const rows = db.product.find({ include: { category: true, product_items: true } })
  const orders = new Set(rows.map((row) => Object.keys(row).join()))
  assert.deepEqual([...orders], ['id,name,description,category_id,category,product_items'])
})

test('many rows with related ones arrive whole', async (t) => {
  const db = await opened(t)
  const count = 3000
  db.transaction(() => {
    for (let index = 0; index < count; index++) {
      db.category.create({
        name: `Category ${index} é`,
        description: 'd'.repeat(index % 7),
        products: { create: [{ name: `Product ${index} 🥐`, description: `${index}` }] },
      })
    }
  })
  const rows = db.category.find({ include: { products: { include: { category: true } } } })
  assert.equal(rows.length, count)
  for (const [index, row] of rows.entries()) {
    assert.equal(row.name, `Category ${index} é`)
    assert.equal(row.description.length, index % 7)
    assert.deepEqual(row.products[0].name, `Product ${index} 🥐`)
    assert.equal(row.products[0].category.name, row.name)
  }
})

// A shop changed by another program, with checks off.
async function changedElsewhere(t, ...statements) {
  const SQL = await initSqlJs()
  const db = await openShop(t)
  const file = new SQL.Database(db.export())
  file.run('PRAGMA ignore_check_constraints = ON')
  for (const sql of statements) file.run(sql)
  const data = file.export()
  file.close()
  return opened(t, { data })
}

test('a whole number beyond what JavaScript holds is refused with model and column', async (t) => {
  const db = await changedElsewhere(
    t,
    "INSERT INTO image_blob VALUES ('aa', 'image/png', 9007199254740993, 1, 1, x'00')",
  )
  refusal(() => db.image_blob.find(), { code: 'RANGE', model: 'ImageBlob', fields: ['width'] })
  assert.equal(db.image_blob.first({ select: ['height'] }).height, 1)
})

test('text that is not UTF-8 is repaired without disturbing its neighbours', async (t) => {
  const db = await changedElsewhere(
    t,
    "UPDATE category SET description = CAST(x'61ff62c3' AS TEXT) WHERE id = 1",
  )
  assert.deepEqual(
    db.category.find().map((row) => row.description),
    ['a\ufffdb\ufffd', 'Fresh every morning'],
  )
})

test('big whole numbers that are safe go in and out', async (t) => {
  const db = await opened(t)
  const blob = { sha256: 'a', mimetype: 'image/png', height: 1, size_bytes: 0 }
  const width = Number.MAX_SAFE_INTEGER
  const row = db.image_blob.create({ ...blob, width, bytes: new Uint8Array() })
  assert.deepEqual([row.width, row.bytes], [width, new Uint8Array()])
  refusal(() => db.image_blob.update('a', { width: 2n ** 70n }), { code: 'RANGE' })
  refusal(
    () => db.uom.get(2 ** 60),
    { code: 'RANGE', path: '' },
    /^UOM\.id: 1152921504606847000 is/,
  )
})
