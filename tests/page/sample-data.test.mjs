// The sample catalog's data files, read without a database: what the window is stocked with.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findMistakes, readPicture, readSample } from '../../scripts/sample/read.mjs'
import { webpSize } from '../../scripts/sample/webp.mjs'

const sample = readSample()
const products = sample.categories.flatMap((category) => category.products)

test('the shop has at least 64 products in 8 categories, grocer and baker first', () => {
  assert.ok(products.length >= 64, `${products.length} products`)
  assert.ok(sample.categories.length >= 8, `${sample.categories.length} categories`)
  const first = sample.categories.slice(0, 3).map((category) => category.name)
  assert.deepEqual(first, ['Fruit', 'Vegetables', 'Bread'])
})

test('every unit sells something and every description is a sentence', () => {
  const sold = new Set(products.flatMap((product) => product.items.map((item) => item.uom)))
  const idle = sample.units.filter((unit) => !sold.has(unit.name))
  assert.deepEqual(idle, [])
  for (const row of [...products, ...products.flatMap((product) => product.items)]) {
    assert.match(row.description, /^[A-Z0-9].{5,}[.]$/, row.name)
  }
})

test('every picture is a 256 pixel square of a few kilobytes', () => {
  for (const product of products) {
    const picture = readPicture(product.picture)
    assert.deepEqual([picture.width, picture.height], [256, 256], product.name)
    assert.match(picture.sha256, /^[0-9a-f]{64}$/)
    assert.ok(picture.bytes.length < 20_000, `${product.name}: ${picture.bytes.length} bytes`)
  }
})

test('mistakes in the data are all named at once', () => {
  const product = {
    name: 'Air',
    description: 'x'.repeat(256),
    picture: 'none',
    color: 'red',
    alt: '',
    items: [{ name: 'Air, loose', uom: 'lungful' }],
  }
  const category = { name: 'Nothing', products: [product, product] }
  const mistakes = findMistakes({ units: [], categories: [category] }, () => false).join('\n')
  for (const part of ['twice', '255', 'none', 'text alternative', '#a1b2c3', 'lungful']) {
    assert.ok(mistakes.includes(part), `nothing about "${part}" in:\n${mistakes}`)
  }
})

test('a description of 255 emoji is counted in code points, not in UTF-16 units', () => {
  const long = structuredClone(sample)
  long.categories[0].products[0].description = '🍎'.repeat(255)
  assert.deepEqual(findMistakes(long), [])
})

test('a file that is no WebP picture is refused with a reason', () => {
  assert.throws(() => webpSize(Buffer.from('GIF89a'.padEnd(40))), /not a WebP/)
  const cut = Buffer.alloc(30)
  cut.write('RIFF', 0)
  cut.writeUInt32LE(9000, 4)
  cut.write('WEBPVP8X', 8)
  assert.throws(() => webpSize(cut), /ends too early/)
})
