// Writing: create, update and delete, with what is nested in them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boots, openShop, opened, refusal, sizes } from './support/shop.mjs'

test('create gives back the row as get does, with what it was asked to include', async (t) => {
  const db = await opened(t)
  const boot = db.product.create(
    {
      name: 'Hiking boot',
      description: 'Waterproof',
      category: { connectOrCreate: boots },
      product_items: { create: [{ name: 'Boot 42', description: 'EU 42' }] },
    },
    { include: { category: true, product_items: true } },
  )
  assert.deepEqual(boot, {
    id: 1,
    name: 'Hiking boot',
    description: 'Waterproof',
    category_id: 1,
    category: { id: 1, name: 'Boots', description: 'For feet' },
    product_items: [{ id: 1, product_id: 1, name: 'Boot 42', description: 'EU 42', uom_id: null }],
  })
})

test('connectOrCreate finds a row by its unique column and leaves it as it is', async (t) => {
  const db = await openShop(t)
  const sandal = db.product.create(
    {
      name: 'Sandal',
      description: 'Light',
      category: { connectOrCreate: { name: 'Boots', description: 'something else' } },
    },
    { include: { category: true } },
  )
  assert.deepEqual(sandal.category, { id: 1, ...boots })
  assert.equal(db.category.count(), 2)
})

test('update changes what is given and nothing else', async (t) => {
  const db = await openShop(t)
  const row = db.product.update({ name: 'Apple' }, { description: 'Very crisp' })
  assert.deepEqual(row, { id: 3, name: 'Apple', description: 'Very crisp', category_id: 2 })
})

test('update connects and disconnects', async (t) => {
  const db = await openShop(t)
  const include = { category: { select: ['name'] } }
  const moved = db.product.update(3, { category: { connect: { name: 'Boots' } } }, { include })
  assert.deepEqual(moved.category, { name: 'Boots' })
  const alone = db.product.update(3, { category: { disconnect: true } }, { include })
  assert.equal(alone.category, null)
  assert.equal(alone.category_id, null)
})

test('update of related rows: create, update, connect, disconnect, delete', async (t) => {
  const db = await openShop(t)
  const row = db.product.update(
    { name: 'Hiking boot' },
    {
      product_items: {
        create: [{ name: 'Hiking boot 44', description: 'EU 44' }],
        update: [{ where: { name: 'Hiking boot 42' }, data: { description: 'EU 42, wide' } }],
        connect: [{ name: 'Rain boot 40' }],
        delete: [{ name: 'Hiking boot 43' }],
      },
    },
    { include: { product_items: { select: ['name', 'description'] } } },
  )
  const texts = row.product_items.map((item) => `${item.name}: ${item.description}`)
  assert.deepEqual(texts.sort(), [
    'Hiking boot 42: EU 42, wide',
    'Hiking boot 44: EU 44',
    'Rain boot 40: EU 40',
  ])
  const less = db.product.update(
    1,
    { product_items: { disconnect: [{ name: 'Rain boot 40' }] } },
    { include: { _count: { product_items: true } } },
  )
  assert.equal(less._count.product_items, 2)
  assert.equal(db.product_item.get({ name: 'Rain boot 40' }).product_id, null)
})

test('set replaces the related rows', async (t) => {
  const db = await openShop(t)
  const row = db.category.update(
    { name: 'Fruit' },
    { products: { set: [{ name: 'Rain boot' }] } },
    { include: { products: { select: ['name'] } } },
  )
  assert.deepEqual(row.products, [{ name: 'Rain boot' }])
})

test('what a call has renamed or deleted is named by what it is now', async (t) => {
  const db = await openShop(t)
  const [first, second] = ['Hiking boot 42', 'Hiking boot 43']
  const update = (product_items) => db.product.update(1, { product_items })
  const items = () => db.product_item.find({ where: { product_id: 1 }, select: ['id', 'name'] })
  const [{ id }, other] = items()
  const renamed = { where: { name: first }, data: { name: 'Boot' } }
  update({ update: renamed, connectOrCreate: { name: first, description: 'Another' } })
  const made = db.product_item.get({ name: first }).id
  assert.deepEqual(items(), [{ id, name: 'Boot' }, other, { id: made, name: first }])
  update({ update: { where: id, data: { name: 'Shoe' } }, connect: { name: 'Shoe' } })
  refusal(() => update({ delete: id, connect: id }), { code: 'NOT_FOUND' })
  refusal(() => update({ delete: id, update: { where: id, data: {} } }), { code: 'NOT_FOUND' })
  const named = (from, to) => ({ where: { name: from }, data: { name: to } })
  update({ update: [named(first, second), named(second, first)], delete: [id, id] })
  assert.deepEqual(items(), [
    { id: other.id, name: first },
    { id: made, name: second },
  ])
})

test('deleting a category takes its products and their items along, and says so', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const preview = db.category.delete({ name: 'Boots' }, { dryRun: true })
  assert.deepEqual(preview, { category: 1, product: 2, product_item: 3 })
  assert.deepEqual(sizes(db), before)
  assert.deepEqual(db.category.delete({ name: 'Boots' }), preview)
  assert.deepEqual(sizes(db), { ...before, category: 1, product: 1, product_item: 1 })
})

test('a delete that would be refused is refused as a dry run too', async (t) => {
  const db = await openShop(t)
  const blob = {
    mimetype: 'image/png',
    width: 8,
    height: 8,
    size_bytes: 1,
    bytes: new Uint8Array(1),
  }
  for (const sha256 of ['aa', 'bb']) db.image_blob.create({ ...blob, sha256 })
  const picture = { width: 8, height: 8, mimetype: 'image/png', product_id: 1, sha256: 'aa' }
  db.product_picture.create(picture)
  const before = sizes(db)
  for (const dryRun of [true, false]) {
    refusal(() => db.image_blob.delete('aa', { dryRun }), { code: 'FOREIGN_KEY' })
    refusal(() => db.image_blob.deleteMany({ where: {} }, { dryRun }), { code: 'FOREIGN_KEY' })
  }
  assert.deepEqual(db.image_blob.delete('bb', { dryRun: true }), { image_blob: 1 })
  assert.deepEqual(sizes(db), before)
})

test('a dry run inside a transaction takes back only itself', async (t) => {
  const db = await openShop(t)
  db.transaction((tx) => {
    tx.uom.create({ name: 'bag' })
    assert.deepEqual(tx.category.delete(1, { dryRun: true }), tx.category.delete(1))
    assert.deepEqual(tx.uom.delete({ name: 'bag' }, { dryRun: true }), { uom: 1 })
  })
  const now = () => [db.uom.count(), db.category.count({ where: { id: 1 } })]
  assert.deepEqual(now(), [3, 0])
  db.undo()
  assert.deepEqual(now(), [2, 1])
})

test('deleting a unit takes its items along, and their pictures', async (t) => {
  const db = await openShop(t)
  const item = db.product_item.get({ name: 'Apple, loose' })
  const picture = { width: 8, height: 8, mimetype: 'image/png', product_item_id: item.id }
  db.user_picture.create(picture)
  const removed = db.uom.delete({ name: 'kilogram' })
  assert.deepEqual(removed, { uom: 1, product_item: 1, user_picture: 1 })
})

test('ids are never used again', async (t) => {
  const db = await openShop(t)
  db.category.delete({ name: 'Fruit' })
  assert.equal(db.category.create({ name: 'Fruit', description: 'again' }).id, 3)
})

test('composite keys name a row in get, update and delete', async (t) => {
  const db = await openShop(t)
  const key = { width: 64, height: 48, product_id: 1 }
  const made = db.product_picture.create({ ...key, mimetype: 'image/webp', original: true })
  assert.equal(made.original, true)
  assert.match(made.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  assert.equal(db.product_picture.update(key, { alt: 'A boot' }).alt, 'A boot')
  const owner = db.product_picture.get(key, { include: { product: { select: ['name'] } } })
  assert.deepEqual(owner.product, { name: 'Hiking boot' })
  assert.deepEqual(db.product_picture.delete(key), { product_picture: 1 })
})

test('bytes, dates and booleans come back as they went in', async (t) => {
  const db = await openShop(t)
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256)
  const blob = { sha256: 'a'.repeat(64), mimetype: 'image/png', width: 1, height: 2 }
  db.image_blob.create({ ...blob, size_bytes: bytes.length, bytes })
  assert.deepEqual(db.image_blob.get(blob.sha256).bytes, bytes)
  const created_at = new Date('2026-11-22T09:30:00.123Z')
  const key = { width: 1, height: 2, product_id: 1 }
  const row = db.product_picture.create({
    ...key,
    mimetype: 'image/png',
    original: false,
    created_at,
    sha256: blob.sha256,
  })
  assert.deepEqual([row.created_at, row.original], ['2026-11-22T09:30:00.123Z', false])
})

test('a row whose answer cannot be given is not written', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const wrong = { include: { nothing: true } }
  refusal(() => db.category.create({ name: 'New', description: 'x' }, wrong), {
    code: 'VALIDATION',
  })
  refusal(() => db.category.update(1, { name: 'New' }, wrong), { code: 'VALIDATION' })
  assert.deepEqual(sizes(db), before)
  assert.equal(db.category.get(1).name, 'Boots')
})
