// JSON in and out: whole catalogs as text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportCsv, exportJson, importJson, openLater } from './support/installed.mjs'
import { openShop, opened, refusal, sizes } from './support/shop.mjs'

const everything = (db) => db.describe().models.map(({ table }) => db[table].find())

test('a catalog written as JSON reads back as the same catalog', async (t) => {
  const db = await openShop(t)
  const blob = { mimetype: 'image/png', width: 1, height: 1, size_bytes: 2 }
  db.image_blob.create({ ...blob, sha256: 'ab', bytes: Uint8Array.of(0, 255) })
  const picture = { width: 1, height: 1, product_id: 3, mimetype: 'image/png', sha256: 'ab' }
  db.product_picture.create({ ...picture, original: true })
  const again = await opened(t)
  const report = importJson(again, exportJson(db))
  assert.deepEqual([report.rows, report.created, report.issues], [13, 13, []])
  assert.deepEqual(everything(again), everything(db))
  assert.equal(exportJson(again), exportJson(db))
})

test('what is written meanwhile is in an export whole, or not at all', async (t) => {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  await db.uom.createMany(Array.from({ length: 1200 }, (_, n) => ({ name: `unit ${n}` })))
  const write = async () => {
    for (let n = 0; n < 30; n++) {
      const products = { create: [{ name: `boot ${n}`, description: '' }] }
      await db.category.create({ name: `category ${n}`, description: '', products })
      await db.uom.updateMany({ where: {}, data: { symbol: String(n) } })
    }
  }
  const written = write()
  const text = await exportJson(db)
  const symbols = new Set((await exportCsv(db, 'uom', { columns: ['symbol'] })).split('\r\n'))
  await written
  assert.equal(symbols.size, 3, 'the header, one symbol, and what follows the last line')
  importJson(await opened(t), text)
  await db.transaction(async (tx) => {
    assert.equal(JSON.parse(await exportJson(tx)).category.length, 30)
  })
})

test('a catalog of more than a text can hold is refused, and says what to do', async (t) => {
  const db = await openShop(t)
  // Half a gigabyte is too much for a test: the engine's refusal is put in.
  const { stringify } = JSON
  t.mock.method(JSON, 'stringify', (value, replacer, indent) => {
    if (indent === 1) throw new RangeError('Invalid string length')
    return stringify(value, replacer, indent)
  })
  refusal(() => exportJson(db), { code: 'RANGE', reason: 'too_big' }, /export\(\)/)
})

test('rows may be given as objects, and get keys where they have none', async (t) => {
  const db = await openShop(t)
  assert.equal(importJson(db, { uom: [{ name: 'box' }, { name: 'loaf', symbol: null }] }).rows, 2)
  assert.equal(db.uom.get({ name: 'loaf' }).id, 4)
  assert.deepEqual(importJson(db, {}), { rows: 0, created: 0, issues: [] })
})

test('every bad row is reported, and nothing is imported', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const rows = {
    uom: [{ name: 'box' }, { name: 'pair' }, { name: 5 }, null, { name: 'x', nme: 1 }],
    product: [{ name: 'P', description: '', category_id: 99 }],
  }
  const error = refusal(() => importJson(db, rows), { code: 'IMPORT' })
  assert.deepEqual(
    error.issues.map(({ line, model, code }) => [model, line, code]),
    [
      ['UOM', 2, 'UNIQUE'],
      ['UOM', 3, 'VALIDATION'],
      ['UOM', 4, 'VALIDATION'],
      ['UOM', 5, 'IMPORT'],
      ['Product', 1, 'FOREIGN_KEY'],
    ],
  )
  assert.deepEqual([error.path, error.issues.at(-1).path], ['uom 2', 'product 1'])
  assert.match(error.message, /because of uom 2: /)
  const { issues } = importJson(db, rows, { dryRun: true })
  assert.deepEqual(issues, error.issues)
  assert.deepEqual(sizes(db), before)
})

const pages = Array.from({ length: 30 }, (_, n) => ({
  name: `row ${n}`,
  description: 'x'.repeat(8_000),
}))

test('an import that finds no room says so, and blames no row', async (t) => {
  const db = await openShop(t)
  const before = db.category.count()
  // No fewer than there are.
  db.sql`PRAGMA max_page_count = 1`
  for (const count of [1, 30]) {
    const category = pages.slice(0, count)
    for (const dryRun of [false, true]) {
      refusal(() => importJson(db, { category }, { dryRun }), { code: 'FULL', issues: [] })
    }
  }
  db.sql`PRAGMA max_page_count = 1000000`
  assert.equal(importJson(db, { category: pages }).created, 30)
  assert.equal(db.category.count(), before + 30)
})

test('an import into a catalog that is closed meanwhile is ended by that', async () => {
  const db = await openLater({ storage: 'memory' })
  const imported = importJson(db, { category: pages })
  const ended = assert.rejects(imported, { code: 'CLOSED', issues: [] })
  await db.close()
  await ended
})

test('what is no catalog is refused', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const refused = (json, expected) =>
    refusal(() => importJson(db, json), { code: 'IMPORT', ...expected })
  refused('{"uom": [')
  refused('[]')
  refused('null')
  refused('{"units": []}', { path: 'units' })
  refused('{"uom": {}}', { path: 'uom' })
  refused('{"__proto__": [{"name": "x"}]}', { path: '__proto__' })
  refused('{"uom": [{"name": "x", "__proto__": {"symbol": "y"}}]}')
  refused('{"uom": [{"name": "x", "constructor": 1}]}')
  refusal(() => importJson(db, {}, { dryrun: true }), { code: 'VALIDATION', path: 'dryrun' })
  assert.deepEqual(sizes(db), before)
  assert.equal({}.symbol, undefined)
})
