// Bad input: one clear error each, with code, model, fields and path, and nothing changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CatalogError, openCatalog, openLater } from './support/installed.mjs'
import { boots, openShop, refusal, rejection, sizes } from './support/shop.mjs'

// Runs every [expected, work] and checks that the catalog is as it was.
async function allRefused(t, table) {
  const db = await openShop(t)
  const before = [sizes(db), db.product.find(), db.category.find()]
  for (const [expected, work] of table) refusal(() => work(db), expected)
  assert.deepEqual([sizes(db), db.product.find(), db.category.find()], before)
}

const product = { name: 'New', description: 'x' }

test('undefined is refused wherever it stands, with its path', (t) =>
  allRefused(t, [
    [{ code: 'UNDEFINED_VALUE', path: 'where.name' }, (db) => find(db, { name: undefined })],
    [
      { code: 'UNDEFINED_VALUE', path: 'where.OR[1].category.name' },
      (db) => find(db, { OR: [{ id: 1 }, { category: { name: undefined } }] }),
    ],
    [{ code: 'UNDEFINED_VALUE', path: 'limit' }, (db) => db.product.find({ limit: undefined })],
    [{ code: 'UNDEFINED_VALUE', path: 'key' }, (db) => db.product.get(undefined)],
    [{ code: 'UNDEFINED_VALUE', path: 'key.id' }, (db) => db.product.delete({ id: undefined })],
    [
      { code: 'UNDEFINED_VALUE', path: 'product_items.create[0].name' },
      (db) => db.product.create({ ...product, product_items: { create: [{ name: undefined }] } }),
    ],
    [{ code: 'UNDEFINED_VALUE' }, (db) => db.product.create(undefined)],
  ]))

const find = (db, where) => db.product.find({ where })

test('an object that looks like a large number on its way is no number', (t) => {
  const $int = { $int: '1' }
  const refused = (path) => ({ code: 'VALIDATION', path })
  return allRefused(t, [
    [refused('where.id'), (db) => find(db, { id: $int })],
    [refused('key'), (db) => db.product.get($int)],
    [refused('key.id'), (db) => db.product.get({ id: $int })],
    [refused('category_id'), (db) => db.product.update(1, { category_id: $int })],
    [refused('[0].id'), (db) => db.uom.createMany([{ id: $int, name: 'x' }])],
    [refused('category_id'), (db) => db.product.save({ id: 1, category_id: $int })],
    [refused('values[0]'), (db) => db.sql`SELECT ${$int}`],
  ])
})

test('unknown names are refused with their path', (t) =>
  allRefused(t, [
    [{ code: 'VALIDATION', path: 'where.nme' }, (db) => find(db, { nme: 'x' })],
    [
      { code: 'VALIDATION', path: 'where.category.nme' },
      (db) => find(db, { category: { nme: 'x' } }),
    ],
    [{ code: 'VALIDATION', path: 'wher' }, (db) => db.product.find({ wher: {} })],
    [{ code: 'VALIDATION' }, (db) => db.product.find({ select: ['nme'] })],
    [{ code: 'VALIDATION' }, (db) => db.product.find({ include: { categry: true } })],
    [{ code: 'VALIDATION' }, (db) => db.product.find({ orderBy: [{ nme: 'asc' }] })],
    [{ code: 'VALIDATION', path: 'nme' }, (db) => db.category.create({ ...boots, nme: 'x' })],
    [
      { code: 'VALIDATION', path: 'product_items.create[1].unit' },
      (db) =>
        db.product.create({
          ...product,
          product_items: {
            create: [
              { name: 'a', description: '' },
              { name: 'b', description: '', unit: 1 },
            ],
          },
        }),
    ],
    [
      { code: 'VALIDATION' },
      (db) => db.category.create(JSON.parse('{"name":"x","description":"","__proto__":{"a":1}}')),
    ],
    [{ code: 'VALIDATION', path: 'dryrun' }, (db) => db.category.delete(1, { dryrun: true })],
    [{ code: 'VALIDATION', path: 'dryRun' }, (db) => db.category.delete(1, { dryRun: 1 })],
    [
      { code: 'UNDEFINED_VALUE', path: 'dryRun' },
      (db) => db.category.delete(1, { dryRun: undefined }),
    ],
    [{ code: 'VALIDATION', path: 'where' }, (db) => db.product.get(1, { where: {} })],
  ]))

test('wrong operators and directions are refused', (t) =>
  allRefused(t, [
    [{ code: 'VALIDATION' }, (db) => find(db, { name: { equals: 'x' } })],
    [{ code: 'VALIDATION' }, (db) => find(db, { product_items: { name: 'x' } })],
    [{ code: 'VALIDATION' }, (db) => find(db, { id: { between: [1] } })],
    [{ code: 'VALIDATION' }, (db) => db.product.find({ orderBy: [{ name: 'up' }] })],
    [{ code: 'VALIDATION' }, (db) => db.product.find({ limit: -1 })],
    [{ code: 'VALIDATION' }, (db) => db.product.find({ offset: 1.5 })],
    [{ code: 'VALIDATION' }, (db) => db.product.find('x')],
    [
      { code: 'VALIDATION' },
      (db) => db.product.update(1, { category: { connect: { id: 1 }, disconnect: true } }),
    ],
  ]))

test('values of the wrong type are refused', (t) =>
  allRefused(t, [
    [{ code: 'VALIDATION', path: 'name' }, (db) => db.category.create({ ...boots, name: 5 })],
    [{ code: 'VALIDATION', path: 'category_id' }, (db) => create(db, { category_id: 'one' })],
    [{ code: 'VALIDATION', path: 'category_id' }, (db) => create(db, { category_id: 1.5 })],
    [{ code: 'VALIDATION', path: 'category_id' }, (db) => create(db, { category_id: NaN })],
    [{ code: 'VALIDATION', path: 'name' }, (db) => create(db, { name: () => 'x' })],
    [{ code: 'VALIDATION', path: 'name' }, (db) => create(db, { name: Symbol('x') })],
    [{ code: 'VALIDATION', path: 'name' }, (db) => create(db, { name: new Map() })],
    [{ code: 'VALIDATION', path: 'name' }, (db) => create(db, { name: new Date(NaN) })],
    [{ code: 'VALIDATION', path: 'name' }, (db) => create(db, { name: 'half \ud83d' })],
    [{ code: 'VALIDATION' }, (db) => db.product.create([])],
    [{ code: 'VALIDATION' }, (db) => db.product.create('x')],
    [{ code: 'VALIDATION' }, (db) => db.product.get([1])],
    [{ code: 'VALIDATION' }, (db) => db.product.get({ description: 'Crisp' })],
    [{ code: 'VALIDATION' }, (db) => db.product_picture.get({ width: 1, height: 1 })],
  ]))

const create = (db, data) => db.product.create({ ...product, ...data })

test('text that is too long for its column is refused, counted in code points', async (t) => {
  const db = await openShop(t)
  const long = { code: 'VALIDATION', model: 'Product', fields: ['description'] }
  refusal(() => create(db, { description: 'é'.repeat(256) }), long)
  assert.equal(create(db, { description: '🥾'.repeat(255) }).description.length, 510)
})

test('a missing required column is refused', (t) =>
  allRefused(t, [
    [
      { code: 'NOT_NULL', model: 'Category', fields: ['description'] },
      (db) => db.category.create({ name: 'x' }),
    ],
    [
      { code: 'NOT_NULL', model: 'Category', fields: ['name'] },
      (db) => db.category.update(1, { name: null }),
    ],
    [
      { code: 'NOT_NULL', model: 'Product_Item', path: 'product_items.create[0].description' },
      (db) => create(db, { product_items: { create: [{ name: 'x' }] } }),
    ],
  ]))

test('a duplicate name is refused, and named', (t) =>
  allRefused(t, [
    [
      { code: 'UNIQUE', model: 'Category', fields: ['name'] },
      (db) => db.category.create({ ...boots }),
    ],
    [
      { code: 'UNIQUE', model: 'Product_Item', fields: ['name'] },
      (db) =>
        create(db, {
          product_items: { create: [{ name: 'Rain boot 40', description: 'x' }] },
        }),
    ],
  ]))

test('ids that name nothing are refused', (t) =>
  allRefused(t, [
    [{ code: 'FOREIGN_KEY', model: 'Product' }, (db) => create(db, { category_id: 99 })],
    [{ code: 'NOT_FOUND' }, (db) => create(db, { category: { connect: { id: 99 } } })],
    [{ code: 'NOT_FOUND', model: 'Product' }, (db) => db.product.update(99, { name: 'x' })],
    [{ code: 'NOT_FOUND', model: 'Product' }, (db) => db.product.delete(99)],
    [{ code: 'NOT_FOUND', model: 'Product' }, (db) => db.product.delete(99, { dryRun: true })],
  ]))

test('what is no function is refused in the same words by either entry', async (t) => {
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  const code = 'VALIDATION'
  const work = /^transaction\(\) takes the function that does the work\.$/
  const watcher = /^onQuery\(\) takes the function that is told of each statement\.$/
  const listener = /^onChange\(\) takes the function that is told what each commit changed\.$/
  const follower = /^subscribe\(\) takes the function that is told the rows\.$/
  const db = await openShop(t)
  refusal(() => db.transaction(), { code }, work)
  await rejection(later.transaction({}), { code }, work)
  for (const shop of [db, later]) {
    refusal(() => shop.onQuery('log'), { code }, watcher)
    refusal(() => shop.onChange(null), { code }, listener)
    refusal(() => shop.uom.live().subscribe(), { code }, follower)
    refusal(() => shop.uom.live().subscribe(() => 0, null), { code }, follower)
  }
})

test('options are a plain object and nothing else, in either entry', async (t) => {
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  await later.uom.create({ name: 'pair' })
  const db = await openShop(t)
  const before = sizes(db)
  const Options = class {
    dryRun = true
  }
  for (const given of [new Map([['dryRun', true]]), new Options(), new Date(), [], null, 5]) {
    for (const call of ['find', 'first', 'iterate', 'live', 'count', 'toSQL']) {
      refusal(() => db.uom[call](given), { code: 'VALIDATION' })
      await rejection(
        (async () => later.uom[call](given))().then((walk) => walk?.next?.()),
        { code: 'VALIDATION' },
      )
    }
    refusal(() => db.uom.delete(2, given), { code: 'VALIDATION' })
    await rejection(later.uom.delete(1, given), { code: 'VALIDATION' })
  }
  assert.equal(db.uom.find(Object.create(null)).length, 2)
  assert.deepEqual([sizes(db), await later.uom.count()], [before, 1])
})

test('data that contains itself is refused', async (t) => {
  const db = await openShop(t)
  const loop = { ...product, product_items: { create: [] } }
  loop.product_items.create.push(loop)
  refusal(() => db.product.create(loop), { code: 'VALIDATION' })
})

test('after close every call fails with CLOSED, and closing again changes nothing', async (t) => {
  const db = await openShop(t)
  db.close()
  db.close()
  const where = {}
  const works = [
    ...[() => db.product.find(), () => db.product.first(), () => db.product.get(1)],
    ...[() => db.product.count(), () => db.product.iterate(), () => db.product.toSQL()],
    () => db.product.aggregate({ values: { n: { count: true } } }),
    ...[() => db.product.create(product), () => db.product.createMany([product])],
    ...[() => db.product.update(1, product), () => db.product.upsert(product)],
    () => db.product.updateMany({ where, data: { description: 'x' } }),
    ...[() => db.product.save({ id: 1 }), () => db.product.delete(1)],
    () => db.product.deleteMany({ where }),
    ...[() => db.transaction(() => 1), () => db.sql`SELECT 1 AS a`, () => db.export()],
    ...[() => db.onQuery(() => 1)],
  ]
  for (const work of works) refusal(work, { code: 'CLOSED' })
})

test('openCatalog refuses options it does not have', async () => {
  const refused = (options, code) =>
    assert.rejects(openCatalog(options), (error) => {
      assert.ok(error instanceof CatalogError)
      return error.code === code
    })
  await refused({ name: 'x' }, 'VALIDATION')
  await refused({ data: 'x' }, 'VALIDATION')
  await refused({ data: undefined }, 'UNDEFINED_VALUE')
})
