// Catalogs as archives: packed, unpacked, read back the same, by either entry, from a ZIP or a
// folder. What must not be taken is in bad-archives.test.mjs.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { exportArchive, exportFolder, importArchive, openLater } from './support/installed.mjs'
import { encoded } from './support/pictures.mjs'
import { openShop, opened, rejection } from './support/shop.mjs'
import { deflated, member, zipOf } from './support/zips.mjs'

// A shop with a cover, an item's picture and a gallery of two.
async function openPictureShop(t) {
  const db = await openShop(t)
  const cover = await db.product.attachment('image').prepare(await encoded('jpeg', 200, 100))
  const photo = await db.product.attachment('photos').prepare(await encoded('png', 80, 80))
  db.product.attachment('image').attach(1, cover, { alt: 'A boot, "large"' })
  db.product_item.attachment('image_url').attach(2, photo)
  for (const alt of ['one', 'other']) db.product.attachment('photos').attach(3, photo, { alt })
  return db
}

const everything = (db) =>
  Object.fromEntries(db.describe().models.map(({ table }) => [table, db[table].find()]))

test('an archive read into an empty catalog gives the same rows and bytes', async (t) => {
  const db = await openPictureShop(t)
  for (const texts of ['json', 'csv']) {
    const copy = await opened(t)
    const zip = await exportArchive(db, { texts })
    const report = await importArchive(copy, zip)
    assert.deepEqual([report.rows, report.created, report.issues], [20, 20, []], texts)
    assert.deepEqual(everything(copy), everything(db), texts)
    assert.deepEqual(await (await exportArchive(copy, { texts })).bytes(), await zip.bytes())
  }
})

test('an import is one step: undo takes all of it back', async (t) => {
  const db = await openPictureShop(t)
  const copy = await openShop(t)
  const before = everything(copy)
  await importArchive(copy, await exportArchive(db))
  assert.equal(copy.product_photo.count(), 4)
  copy.undo()
  const after = everything(copy)
  assert.deepEqual({ ...after, image_blob: [] }, { ...before, image_blob: [] })
  copy.redo()
  assert.deepEqual(everything(copy), everything(db))
})

test('an import that is done again changes nothing, and is no step', async (t) => {
  const db = await openPictureShop(t)
  const zip = await exportArchive(db)
  const steps = db.history().undo.length
  const before = everything(db)
  const { rows, created } = await importArchive(db, zip)
  assert.deepEqual([rows, created], [20, 0])
  assert.deepEqual(everything(db), before)
  assert.equal(db.history().undo.length, steps)
})

test('a dry run says what would happen, and changes nothing', async (t) => {
  const db = await openPictureShop(t)
  const copy = await opened(t)
  const { created } = await importArchive(copy, await exportArchive(db), { dryRun: true })
  assert.equal(created, 20)
  assert.deepEqual(Object.values(everything(copy)).flat(), [])
})

test('rows that are there are changed, and a picture is replaced', async (t) => {
  const db = await openPictureShop(t)
  const zip = await exportArchive(db)
  db.product.update(1, { name: 'Other boot' })
  const image = db.product.attachment('image')
  image.attach(1, await image.prepare(await encoded('png', 30, 30)))
  db.product.attachment('photos').reorder(3, [1, 0])
  db.uom.create({ name: 'bag' })
  await importArchive(db, zip)
  assert.equal(db.product.get(1).name, 'Hiking boot')
  assert.deepEqual(
    image.list(1).map(({ width, alt }) => [width, alt]),
    [64, 160, 200].map((width) => [width, 'A boot, "large"']),
  )
  const [first] = db.product.attachment('photos').list(3)
  assert.deepEqual([first.alt, db.uom.count()], ['one', 3])
})

test('thumbnails that were made since stay', async (t) => {
  const db = await openPictureShop(t)
  const zip = await exportArchive(db)
  await db.product.attachment('image').thumbnail(1, { width: 33 })
  await importArchive(db, zip)
  assert.equal(db.product_picture.count({ where: { width: 33 } }), 1)
})

test('a folder of files goes out and comes back, over a disk', async (t) => {
  const db = await openPictureShop(t)
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-archive-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, bytes] of await exportFolder(db, { texts: 'csv' })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  writeFileSync(join(folder, '.DS_Store'), 'of a system')
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.\w+$/.test(name))
  assert.ok(names.includes('product_photo/3-1/64x64.png'))
  const copy = await opened(t)
  // As a browser names the files of a chosen folder: with the folder's name in front.
  const files = names.map((name) => [`shop/${name}`, readFileSync(join(folder, name))])
  await importArchive(copy, new Map(files))
  assert.deepEqual(everything(copy), everything(db))
})

test('a folder that another program packed, deflated, comes back', async (t) => {
  const db = await openPictureShop(t)
  const files = [...(await exportFolder(db))].map(([name, bytes]) => deflated(name, bytes))
  const members = [
    member('shop/', ''),
    ...files.map((one) => ({ ...one, name: Buffer.concat([Buffer.from('shop/'), one.name]) })),
    member('__MACOSX/shop/._manifest.json', 'of a system'),
  ]
  const copy = await opened(t)
  await importArchive(copy, zipOf(members, { comment: 'packed by another' }))
  assert.deepEqual(everything(copy), everything(db))
})

test('a catalog in a worker gives and takes the same archive', async (t) => {
  const db = await openPictureShop(t)
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  const zip = await exportArchive(db)
  assert.equal((await importArchive(later, zip)).created, 20)
  assert.equal((await importArchive(later, zip)).created, 0)
  assert.deepEqual(await (await exportArchive(later)).bytes(), await zip.bytes())
  await later.undo()
  assert.equal(await later.product.count(), 0)
})

test('a picture whose bytes are not there comes back as such', async (t) => {
  const db = await openShop(t)
  const row = { width: 3, height: 2, mimetype: 'image/png', original: true, product_id: 1 }
  db.product_picture.create(row)
  const copy = await opened(t)
  await importArchive(copy, await exportArchive(db))
  assert.equal(copy.product.attachment('image').original(1).sha256, null)
})

test('a set that has lost its original, or the bytes of it, comes back as it is', async (t) => {
  const key = { width: 200, height: 100, product_id: 1 }
  const losses = [
    (db) => db.product_picture.delete(key),
    (db) => db.product_picture.update(key, { sha256: null }),
  ]
  for (const lose of losses) {
    const db = await openPictureShop(t)
    lose(db)
    db.sql`DELETE FROM vitrine_history`
    db.sweepPictures()
    const zip = await exportArchive(db)
    const copy = await opened(t)
    await importArchive(copy, zip)
    assert.deepEqual(everything(copy), everything(db))
    assert.equal((await importArchive(copy, zip)).created, 0)
  }
})

test('a row that does not say that it is the original is none, at each import', async (t) => {
  const folder = await exportFolder(await openPictureShop(t))
  const manifest = JSON.parse(new TextDecoder().decode(folder.get('manifest.json')))
  for (const { row } of manifest.pictures) if (!row.original) delete row.original
  folder.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)))
  const copy = await opened(t)
  assert.equal((await importArchive(copy, folder)).created, 20)
  assert.equal((await importArchive(copy, folder)).created, 0)
  assert.equal(copy.history().undo.length, 1)
})

test('what an import would refuse as too large is not written', async (t) => {
  const db = await opened(t)
  const description = 'x'.repeat(31 * 1024 * 1024)
  for (const name of ['one', 'other']) db.category.create({ name, description })
  assert.ok((await exportArchive(db)).size > 2 * description.length)
  db.category.create({ name: 'third', description })
  for (const write of [exportArchive, exportFolder]) {
    await rejection(write(db), { code: 'RANGE', reason: 'too_big' }, /catalog\.json .* 64 MB/)
    await rejection(write(db, { texts: 'csv' }), { code: 'RANGE' }, /category\.csv .* 64 MB/)
  }
})

const named = (db, table) => db[table].find().map(({ id, name }) => [id, name])

test('names that rows have exchanged since are put back, in one step', async (t) => {
  const db = await openPictureShop(t)
  const zip = await exportArchive(db)
  const before = everything(db)
  const ring = { 1: 'Rain boot', 2: 'Apple', 3: 'Hiking boot' }
  for (const id of [1, 2, 3]) db.product.update(id, { name: `${id}` })
  for (const id of [1, 2, 3]) db.product.update(id, { name: ring[id] })
  db.uom.update(1, { name: 'loaf' })
  db.uom.create({ name: 'box' })
  db.uom.update(2, { name: 'pair' })
  const swapped = everything(db)
  assert.equal((await importArchive(db, zip)).created, 0)
  assert.deepEqual(everything({ ...db, uom: { find: () => before.uom } }), before)
  assert.deepEqual(named(db, 'uom'), [
    [1, 'pair'],
    [2, 'kilogram'],
    [3, 'box'],
  ])
  db.undo()
  assert.deepEqual(everything(db), swapped)
})

test('a row that was made again under its name is that row, by the key it has now', async (t) => {
  const db = await openPictureShop(t)
  const zip = await exportArchive(db)
  const before = everything(db)
  db.product.delete(1)
  const boot = { name: 'Hiking boot', description: 'New' }
  assert.equal(db.product.create(boot).id, 4)
  const { created } = await importArchive(db, zip)
  // Two items, and a picture with its thumbnails; an item's picture of one size.
  assert.equal(created, 2 + 3 + 2)
  assert.deepEqual(named(db, 'product').at(-1), [4, 'Hiking boot'])
  assert.equal(db.product.get(4).description, 'Waterproof')
  assert.equal(db.product_item.count({ where: { product_id: 4 } }), 2)
  const pictures = db.product.attachment('image').list(4)
  const set = ({ width, alt, sha256 }) => ({ width, alt, sha256 })
  assert.deepEqual(pictures.map(set), before.product_picture.map(set))
  assert.equal((await importArchive(db, zip)).created, 0)
})

test('a name that a row of another key has here means that row, and no other goes', async (t) => {
  const db = await openShop(t)
  const copy = await opened(t)
  copy.category.create({ name: 'Trees', description: '' })
  copy.category.create({ id: 7, name: 'Boots', description: '' })
  for (const texts of ['json', 'csv']) {
    await importArchive(copy, await exportArchive(db, { texts }))
    assert.deepEqual(named(copy, 'category'), [
      [1, 'Trees'],
      [2, 'Fruit'],
      [7, 'Boots'],
    ])
  }
})

test('what refers to a row that has another key here refers to that key', async (t) => {
  const db = await openShop(t)
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  const units = [
    { id: 1, name: 'sack' },
    { id: 8, name: 'kilogram' },
    { id: 9, name: 'pair' },
  ]
  await later.uom.createMany(units)
  const zip = await exportArchive(db)
  assert.equal((await importArchive(later, zip)).created, 9)
  assert.equal(await later.uom.count(), 3)
  const items = await later.product_item.find({ include: { uom: true } })
  assert.deepEqual(
    items.map(({ uom }) => uom?.name ?? null),
    db.product_item.find({ include: { uom: true } }).map(({ uom }) => uom?.name ?? null),
  )
  assert.equal((await importArchive(later, zip)).created, 0)
})

test('bad rows are all told among names that are exchanged, and nothing changes', async (t) => {
  const db = await openShop(t)
  const folder = await exportFolder(db)
  const rows = JSON.parse(new TextDecoder().decode(folder.get('catalog.json')))
  rows.uom = [
    { id: 1, name: 'kilogram' },
    { id: 2, name: 'pair', symbol: 'x'.repeat(33) },
    { id: '3', name: 'box' },
    { id: 1.5, name: 'crate' },
    { id: 5, name: { toString: 1 } },
    null,
  ]
  folder.set('catalog.json', new TextEncoder().encode(JSON.stringify(rows)))
  const before = everything(db)
  const failed = await rejection(importArchive(db, folder), { code: 'IMPORT' })
  assert.deepEqual(
    failed.issues.map(({ line, code }) => [line, code]),
    [
      [2, 'VALIDATION'],
      [3, 'VALIDATION'],
      [4, 'VALIDATION'],
      [5, 'VALIDATION'],
      [6, 'IMPORT'],
    ],
  )
  assert.deepEqual(everything(db), before)
})
