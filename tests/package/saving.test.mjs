// save: a graph as it was loaded and then edited; only the difference is written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, refusal, sizes } from './support/shop.mjs'

const include = { category: true, product_items: { include: { uom: true } } }
const boot = (db) => db.product.get({ name: 'Hiking boot' }, { include })

// What `work` writes to the tables of models; the history keeps its own account of it.
function writes(db, work) {
  const all = []
  const isWrite = (sql) => /^(INSERT|UPDATE|DELETE)/.test(sql) && !sql.includes('vitrine_history')
  const stop = db.onQuery(({ sql }) => isWrite(sql) && all.push(sql))
  work()
  stop()
  return all
}

// A product in a category in a product and so on, this many below the first; all of them new.
function nested(levels, depth = 0) {
  const row = { name: `row ${depth}`, description: '' }
  if (depth === levels) return row
  const below = nested(levels, depth + 1)
  return depth % 2 === 0 ? { ...row, category: below } : { ...row, products: [below] }
}

test('a graph of more than 16 levels is refused, be its rows new or not', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const deep = /nested more than 16 deep/
  refusal(() => db.product.save(nested(17)), { code: 'VALIDATION' }, deep)
  const row = boot(db)
  row.category.products = [row]
  refusal(() => db.product.save(row), { code: 'VALIDATION', model: 'Category' }, deep)
  assert.deepEqual(sizes(db), before)
  db.product.save(nested(15))
  const added = (table) => sizes(db)[table] - before[table]
  assert.deepEqual([added('product'), added('category')], [8, 8])
})

test('what is as it was is not written', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  assert.deepEqual(
    writes(db, () => assert.deepEqual(db.product.save(row, { include }), row)),
    [],
  )
})

test('only the columns that differ are written, at any depth', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  row.description = 'Dry'
  row.product_items[1].uom.symbol = 'pr'
  const sql = writes(db, () => db.product.save(row))
  assert.deepEqual(sql.sort(), [
    'UPDATE "product" SET "description" = ? WHERE "id" = ?',
    'UPDATE "uom" SET "symbol" = ? WHERE "id" = ?',
  ])
  assert.deepEqual(boot(db).description, 'Dry')
  assert.equal(db.uom.get(1).symbol, 'pr')
})

test('a save reads what there is, writes, and reads the row back once', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  row.description = 'Dry'
  row.product_items[1].description = 'Dry too'
  const read = []
  const stop = db.onQuery(({ sql }) => sql.startsWith('SELECT') && read.push(sql))
  db.product.save(row)
  stop()
  const of = (table) => {
    const from = new RegExp(` (FROM|CROSS JOIN) "${table}"`)
    return read.filter((sql) => from.test(sql)).length
  }
  assert.deepEqual([of('product'), of('product_item'), of('category'), of('uom')], [3, 2, 1, 1])
})

test('the row that is given back has what was written to rows it was connected to', async (t) => {
  const db = await openShop(t)
  const other = db.category.create({ name: 'Outdoor', description: 'For rain' })
  const row = boot(db)
  row.category = { ...other, description: 'For snow' }
  const saved = db.product.save(row, { include: { category: true } })
  assert.equal(saved.category.description, 'For snow')
  const made = db.product.save(
    { name: 'Clogs', description: 'Of wood', category: { ...other, description: 'For mud' } },
    { select: ['name'], include: { category: true } },
  )
  assert.deepEqual(made, { name: 'Clogs', category: { ...other, description: 'For mud' } })
})

test('rows without a key are made, and rows taken out lose their reference', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  const [taken] = row.product_items.splice(0, 1)
  row.product_items.push({ name: 'Hiking boot 44', description: 'EU 44', uom: { name: 'box' } })
  const saved = db.product.save(row, { include })
  assert.deepEqual(
    saved.product_items.map(({ name, uom }) => [name, uom.name]),
    [
      ['Hiking boot 43', 'pair'],
      ['Hiking boot 44', 'box'],
    ],
  )
  assert.equal(db.product_item.get(taken.id).product_id, null)
})

test('rows that cannot be without their parent go when they are taken out', async (t) => {
  const db = await openShop(t)
  const picture = { width: 1, height: 1, mimetype: 'image/png' }
  db.product.save({ id: 1, image: [picture, { ...picture, width: 2 }] })
  const row = db.product.get(1, { include: { image: true } })
  row.image.shift()
  row.image[0].alt = 'A boot'
  db.product.save(row)
  const left = db.product_picture.find({ select: ['width', 'alt'] })
  assert.deepEqual(left, [{ width: 2, alt: 'A boot' }])
})

test('a to-one relation is changed, made or taken away', async (t) => {
  const db = await openShop(t)
  const category = (value) => {
    const row = db.product.get(1, { include: { category: true } })
    return db.product.save({ ...row, category: value }, { include: { category: true } }).category
  }
  const fruit = db.category.get(2)
  assert.deepEqual(category({ ...fruit, description: 'Changed too' }).id, 2)
  assert.equal(db.category.get(2).description, 'Changed too')
  assert.equal(category({ name: 'New', description: '' }).id, 3)
  assert.equal(category(null), null)
  assert.deepEqual(sizes(db).category, 3)
})

test('the foreign key alone may change, and must not contradict its relation', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  row.category_id = 2
  assert.equal(db.product.save(row).category_id, 2)
  const again = boot(db)
  again.category_id = 1
  again.category = { name: 'Other', description: '' }
  refusal(() => db.product.save(again), { code: 'VALIDATION', path: 'category_id' })
})

test('names swapped between two rows are saved at once', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  const [a, b] = row.product_items
  ;[a.name, b.name] = [b.name, a.name]
  const saved = db.product.save(row, { include })
  assert.deepEqual(
    saved.product_items.map(({ name }) => name),
    ['Hiking boot 43', 'Hiking boot 42'],
  )
})

test('a row moved from one parent to another is moved', async (t) => {
  const db = await openShop(t)
  const [from, to] = db.product.find({ include: { product_items: true }, limit: 2 })
  to.product_items.push({ ...from.product_items[0], description: 'moved' })
  db.product.save(to)
  const item = db.product_item.get(from.product_items[0].id)
  assert.deepEqual([item.product_id, item.description], [to.id, 'moved'])
})

test('a row moves from one list of a graph to another, whichever comes first', async (t) => {
  const related = { products: { include: { product_items: true } } }
  for (const [from, to] of [
    [0, 1],
    [1, 0],
  ]) {
    const db = await openShop(t)
    const shelf = db.category.get(1, { include: related })
    const [item] = shelf.products[from].product_items.splice(0, 1)
    shelf.products[to].product_items.push(item)
    db.category.save(shelf)
    assert.equal(db.product_item.get(item.id).product_id, shelf.products[to].id)
    // The same with products that were only put on the shelf.
    const other = db.category.get(2, { include: related })
    const moved = db.category.get(1, { include: related }).products
    const [back] = moved[to].product_items.splice(-1, 1)
    moved[from].product_items.push(back)
    other.products.push(...moved)
    db.category.save(other)
    assert.equal(db.product_item.get(back.id).product_id, moved[from].id)
  }
})

test('a copy of a row that was not edited takes nothing back', async (t) => {
  const db = await openShop(t)
  db.product_item.update({ name: 'Hiking boot 43' }, { uom: { connect: { id: 2 } } })
  for (const [index, symbol] of ['one', 'two'].entries()) {
    const row = boot(db)
    const copy = db.uom.get(row.product_items[index].uom.id)
    row.product_items[index].uom.symbol = symbol
    row.product_items[1 - index].uom = copy
    db.product.save(row)
    assert.equal(db.uom.get(copy.id).symbol, symbol)
  }
})

test('copies of a row that were edited to say different things are refused', async (t) => {
  const db = await openShop(t)
  const edited = (...symbols) => {
    const row = boot(db)
    row.product_items.forEach((item, index) => {
      item.uom = { ...db.uom.get(2), symbol: symbols[index] }
    })
    return db.product.save(row, { include })
  }
  const path = 'product_items[1].uom.symbol'
  refusal(() => edited('a', 'b'), { code: 'VALIDATION', path }, /another copy/)
  refusal(() => edited(null, 'b'), { code: 'VALIDATION', path }, /another copy/)
  assert.equal(db.uom.get(2).symbol, 'kg')
  assert.equal(edited('a', 'a').product_items[0].uom.symbol, 'a')
})

test('a list that was loaded in part is refused: what was taken out is unknown', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  for (const part of [{ limit: 1 }, { where: { id: 1 } }, { offset: 1 }]) {
    const rows = db.product.find({ include: { product_items: part } })
    const expected = { code: 'STATE', reason: 'partial_relation', path: 'product_items' }
    refusal(() => db.product.save(rows[0]), expected)
    rows[0].product_items = rows[0].product_items.filter(() => false)
    refusal(() => db.product.save(rows[0]), expected)
    delete rows[0].product_items
    db.product.save(rows[0])
  }
  const nested = { products: { include: { product_items: { limit: 1 } } } }
  const [category] = db.category.find({ include: nested })
  const path = 'products[0].product_items'
  refusal(() => db.category.save(category), { code: 'STATE', path })
  assert.deepEqual(sizes(db), before)
})

test('a row that was only connected is named by its place in the graph too', async (t) => {
  const db = await openShop(t)
  const other = db.category.create({ name: 'Outdoor', description: 'For rain' })
  const graph = db.category.get(other.id, { include: { products: true } })
  const moved = boot(db)
  graph.products = [moved]
  const path = 'products[0].product_items[0].nope'
  moved.product_items[0].nope = 1
  refusal(() => db.category.save(graph), { code: 'VALIDATION', path })
  moved.product_items = 'x'
  refusal(() => db.category.save(graph), { path: 'products[0].product_items' })
  assert.equal(db.product.get(moved.id).category_id, moved.category_id)
})

test('rows that refer to each other in a circle are refused at once', async (t) => {
  const db = await openShop(t)
  const items = Array.from({ length: 50 }, (_, i) => ({ name: `Item ${i}`, description: 'd' }))
  const { id } = db.product.create({
    name: 'Crate',
    description: 'd',
    product_items: { create: items },
  })
  const row = db.product.get(id, { include: { product_items: true } })
  for (const item of row.product_items) item.product = row
  refusal(() => db.product.save(row), { code: 'VALIDATION' })
})

test('a value that is no text of JSON is refused, and named', async (t) => {
  const db = await openShop(t)
  const row = boot(db)
  for (const value of [[1n], new Date(NaN), row, [row]]) {
    row.description = value
    refusal(() => db.product.save(row), { code: 'VALIDATION' })
  }
})

test('a key is a value, and never a filter that finds another row', async (t) => {
  const db = await openShop(t)
  const picture = { width: 1, height: 1, mimetype: 'image/png' }
  db.product.save({ id: 1, image: [picture] })
  const refused = (table, graph, path) =>
    refusal(() => db[table].save(graph), { code: 'VALIDATION', path })
  for (const id of [{ gte: 0 }, [1], '1', 1.5, 2n ** 60n, NaN, new Map()]) {
    refused('uom', { id, name: 'overwritten' }, 'id')
    refused('product', { id: 1, product_items: [{ id, name: 'x' }] }, 'product_items[0].id')
    refused('product', { id: 1, category: { id, name: 'x' } }, 'category.id')
  }
  for (const product_id of [{ lte: 9 }, '1']) {
    const row = { ...picture, product_id, alt: 'overwritten' }
    refused('product_picture', row, 'product_id')
    refused('product', { id: 1, image: [row] }, 'image[0].product_id')
  }
  assert.equal(db.uom.get(1).name, 'pair')
  assert.equal(db.product_picture.first().alt, null)
  const gone = { code: 'NOT_FOUND', path: 'product_items[0]' }
  refusal(() => db.product.save({ id: 1, product_items: [{ id: 99 }] }), gone)
})

test('what cannot be saved is named by its place in the graph, and not written', async (t) => {
  const db = await openShop(t)
  const before = [sizes(db), boot(db)]
  const refused = (change, expected) => {
    const row = boot(db)
    change(row)
    refusal(() => db.product.save(row), expected)
  }
  const item = (row, data) => Object.assign(row.product_items[1], data)
  refused((row) => item(row, { name: undefined }), {
    ...{ code: 'UNDEFINED_VALUE', path: 'product_items[1].name' },
  })
  refused((row) => item(row, { name: 5 }), { code: 'VALIDATION', path: 'product_items[1].name' })
  refused((row) => item(row, { nme: 'x' }), { code: 'VALIDATION', path: 'product_items[1].nme' })
  refused((row) => item(row, { name: 'Apple, loose' }), {
    ...{ code: 'UNIQUE', path: 'product_items[1].name' },
  })
  refused((row) => row.product_items.push({ name: 'x' }), {
    ...{ code: 'NOT_NULL', path: 'product_items[2].description' },
  })
  refused((row) => row.product_items.push({ id: 99 }), { code: 'NOT_FOUND' })
  refused((row) => (row.product_items = {}), { code: 'VALIDATION', path: 'product_items' })
  refused((row) => (row.category = 1), { code: 'VALIDATION', path: 'category' })
  refused((row) => (row.product_items[0].product = row), { code: 'VALIDATION' })
  refusal(() => db.product.save({ id: 99, name: 'x' }), { code: 'NOT_FOUND', model: 'Product' })
  refusal(() => db.product.save(null), { code: 'VALIDATION' })
  const loop = { name: 'l', description: '', product_items: [] }
  loop.product_items.push({ name: 'l', description: '', product: loop })
  refusal(() => db.product.save(loop), { code: 'VALIDATION' })
  assert.deepEqual([sizes(db), boot(db)], before)
})

test('a new graph is created whole', async (t) => {
  const db = await openShop(t)
  const graph = {
    name: 'Sandal',
    description: 'Open',
    category: db.category.get(1),
    product_items: [{ name: 'Sandal 40', description: '', uom: db.uom.get(1) }],
  }
  const saved = db.product.save(graph, { include })
  assert.deepEqual(
    [saved.category.name, saved.product_items[0].uom.name, saved.id],
    ['Boots', 'pair', 4],
  )
})
