// A small shop for the tests: two categories, three products, four items, two units.
import assert from 'node:assert/strict'
import { CatalogError, openCatalog } from './installed.mjs'

export const boots = { name: 'Boots', description: 'For feet' }
export const fruit = { name: 'Fruit', description: 'Fresh every morning' }

// An open catalog, closed when the test `t` is over.
export async function opened(t, options = {}) {
  const db = await openCatalog(options)
  t.after(() => db.close())
  return db
}

// A catalog with these goods, closed when the test `t` is over.
export async function openShop(t) {
  const db = await opened(t)
  db.transaction((tx) => {
    tx.uom.create({ name: 'pair' })
    tx.uom.create({ name: 'kilogram', symbol: 'kg' })
    tx.product.create({
      name: 'Hiking boot',
      description: 'Waterproof',
      category: { create: boots },
      product_items: {
        create: [
          { name: 'Hiking boot 42', description: 'EU 42', uom: { connect: { name: 'pair' } } },
          { name: 'Hiking boot 43', description: 'EU 43', uom: { connect: { name: 'pair' } } },
        ],
      },
    })
    tx.product.create({
      name: 'Rain boot',
      description: 'Rubber',
      category: { connect: { name: 'Boots' } },
      product_items: { create: [{ name: 'Rain boot 40', description: 'EU 40' }] },
    })
    tx.product.create({
      name: 'Apple',
      description: 'Crisp',
      category: { create: fruit },
      product_items: {
        create: [{ name: 'Apple, loose', description: 'By weight', uom: { connect: { id: 2 } } }],
      },
    })
  })
  return db
}

// What `work` fails with; it must be a CatalogError with these properties, and words like these.
export function refusal(work, expected, words = /./) {
  try {
    work()
  } catch (error) {
    return checked(error, expected, words)
  }
  return assert.fail('it was not refused')
}

// As refusal, for what answers with a promise.
export async function rejection(promise, expected, words = /./) {
  try {
    await promise
  } catch (error) {
    return checked(error, expected, words)
  }
  return assert.fail('it was not refused')
}

function checked(error, expected, words) {
  if (!(error instanceof CatalogError)) throw error
  const found = Object.fromEntries(Object.keys(expected).map((name) => [name, error[name]]))
  assert.deepEqual(found, expected, `${error.code}: ${error.message}`)
  assert.match(error.message, words)
  assert.ok(error.message.length > 20, 'a message says what happened and what to do')
  return error
}

// How many rows each table has, for "nothing changed".
export function sizes(db) {
  const tables = db.describe().models.map((model) => model.table)
  return Object.fromEntries(tables.map((table) => [table, db[table].count()]))
}
