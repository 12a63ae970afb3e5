// Archives that are damaged, or were made to do harm: each is refused with the path of what is
// wrong, and nothing has changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportFolder, importArchive } from './support/installed.mjs'
import { encoded } from './support/pictures.mjs'
import { openShop, opened, rejection, sizes } from './support/shop.mjs'
import { deflated, member, zipOf } from './support/zips.mjs'

const kCover = 'product_picture/1/80x40.png'
const kSmall = 'product_picture/1/64x32.png'

// The files of a shop with one picture, which a test then spoils.
async function goodFolder(t) {
  const db = await openShop(t)
  const image = db.product.attachment('image')
  image.attach(1, await image.prepare(await encoded('png', 80, 40)))
  return exportFolder(db)
}

const refused = (db, archive, path) =>
  rejection(importArchive(db, archive), { code: 'IMPORT', path })

// A catalog in which `archive` is refused because of `path`, and changes nothing.
async function refusedWhole(t, archive, path) {
  const db = await openShop(t)
  const before = sizes(db)
  const error = await refused(db, archive, path)
  assert.deepEqual(sizes(db), before)
  return error
}

// The folder with its manifest, or another of its JSON files, changed by `change`.
function changed(folder, change, name = 'manifest.json') {
  const value = JSON.parse(new TextDecoder().decode(folder.get(name)))
  change(value)
  return new Map([...folder, [name, Buffer.from(JSON.stringify(value))]])
}

test('what is no ZIP, or a damaged one', async (t) => {
  const db = await opened(t)
  const good = zipOf([member('manifest.json', '{}')])
  await refused(db, Buffer.from('no zip at all'), '')
  await refused(db, new Uint8Array(), '')
  await refused(db, good.subarray(0, good.length - 30), '')
  await refused(db, Buffer.concat([good, Buffer.from('more')]), '')
  await refused(db, zipOf([member('manifest.json', '{}')], { count: 2 }), '')
  await refused(db, zipOf([member('manifest.json', '{}')], { start: 3 }), '')
  await refused(db, zipOf([member('manifest.json', '{}')], { count: 0xffff }), '')
  await rejection(importArchive(db, 'shop.zip'), { code: 'VALIDATION' })
})

test('names that lead out of the archive', async (t) => {
  const db = await opened(t)
  const names = ['../evil', '/etc/passwd', 'a/../../b', 'C:/x', 'a\\b', 'a//b', './a', 'x\0y']
  for (const name of names) {
    await refused(db, zipOf([member('manifest.json', '{}'), member(name, 'x')]), name)
    await refused(db, new Map([[name, Buffer.from('x')]]), name)
  }
  await refused(db, zipOf([member('a', 'x'), member('a', 'y')]), 'a')
  const latin = { ...member('x', 'x'), name: Buffer.from([0xe9]) }
  await refused(db, zipOf([latin]), '')
})

test('members that are encrypted, links, or packed in a way nobody reads', async (t) => {
  const db = await opened(t)
  await refused(db, zipOf([member('a', 'x', { flags: 1 })]), 'a')
  await refused(db, zipOf([member('a', '/etc/passwd', { mode: 0o120777 })]), 'a')
  await refused(db, zipOf([member('a', 'x', { method: 12 })]), 'a')
})

test('bombs: more than is said, overlapping members, gigabytes', async (t) => {
  const db = await opened(t)
  const name = 'manifest.json'
  await refused(db, zipOf([deflated(name, ' '.repeat(1e6), { size_bytes: 10 })]), name)
  await refused(db, zipOf([deflated(name, '{}', { size_bytes: 1e6 })]), name)
  await refused(db, zipOf([member(name, '{}'), member('b', '{}', { start: 0 })]), 'b')
  await refused(db, zipOf([deflated('a', 'x', { size_bytes: 0x7fffffff })]), '')
  await refused(db, zipOf([member(name, '{}', { crc: 1 })]), name)
  await refused(db, zipOf([{ ...deflated(name, '{}'), packed: Buffer.from('????') }]), name)
})

test('what is no archive of a catalog', async (t) => {
  const db = await opened(t)
  const only = (text) => new Map([['manifest.json', Buffer.from(text)]])
  await refused(db, new Map([['readme.txt', Buffer.from('Hello')]]), 'manifest.json')
  for (const text of ['', '[]', '{"format": "zip"}', '{"format": "vitrine", "version": 2}', '\xff'])
    await refused(db, only(text), 'manifest.json')
  await refused(db, only('{"format": "vitrine", "version": 1}'), 'manifest.json')
  await refused(db, only(Buffer.from([0xff, 0xfe])), 'manifest.json')
})

test('a picture that is not what its row says', async (t) => {
  const folder = await goodFolder(t)
  const other = await encoded('png', 80, 40, { r: 0, g: 0, b: 9 })
  const error = await refusedWhole(t, new Map([...folder, [kCover, other]]), kCover)
  assert.match(error.message, /imported, because of product_picture\S+png: its sha256 is/)
  await refusedWhole(t, new Map([...folder, [kCover, Buffer.from('<html>')]]), kCover)
  await refusedWhole(t, new Map([...folder, [kCover, folder.get(kCover).slice(0, 60)]]), kCover)
  const wide = changed(folder, ({ pictures }) => {
    pictures[1].row.width = 90
    pictures[1].file = 'product_picture/1/90x40.png'
  })
  const renamed = new Map([...wide, ['product_picture/1/90x40.png', wide.get(kCover)]])
  renamed.delete(kCover)
  await refusedWhole(t, renamed, 'product_picture/1/90x40.png')
})

test('a manifest that does not fit the files', async (t) => {
  const folder = await goodFolder(t)
  const without = new Map(folder)
  without.delete(kSmall)
  await refusedWhole(t, without, kSmall)
  await refusedWhole(t, new Map([...folder, ['notes.txt', Buffer.from('x')]]), 'notes.txt')
  const evil = 'product_picture/2/80x40.png'
  await refusedWhole(
    t,
    changed(folder, ({ pictures }) => (pictures[1].file = evil)),
    evil,
  )
  const twice = changed(folder, ({ pictures }) => pictures.push(pictures[1]))
  await refusedWhole(t, twice, kCover)
  for (const table of ['cat_picture', 'product', '__proto__', undefined]) {
    await refusedWhole(
      t,
      changed(folder, ({ pictures }) => (pictures[1].table = table)),
      kCover,
    )
  }
  await refusedWhole(
    t,
    changed(folder, ({ pictures }) => (pictures[1].row = 7)),
    kCover,
  )
})

test('pictures without their owner, or without an original', async (t) => {
  const folder = await goodFolder(t)
  const orphans = changed(folder, ({ pictures }) => {
    for (const picture of pictures) {
      picture.row.product_id = 99
      picture.file = picture.file.replace('/1/', '/99/')
    }
  })
  const moved = [...orphans].map(([name, bytes]) => [name.replace('/1/', '/99/'), bytes])
  await refusedWhole(t, new Map(moved), 'product_picture/99/80x40.png')
  const headless = changed(folder, ({ pictures }) => delete pictures[1].row.original)
  await refusedWhole(t, headless, 'product_picture/1')
  const twoHeaded = changed(folder, ({ pictures }) => (pictures[0].row.original = true))
  await refusedWhole(t, twoHeaded, 'product_picture/1')
})

test('every bad row and picture is told at once, and a dry run returns them', async (t) => {
  const folder = await goodFolder(t)
  const bad = changed(
    new Map([...folder, [kCover, Buffer.from('x')]]),
    (tables) => tables.uom.push({ name: 5 }, { nme: 'x' }, null),
    'catalog.json',
  )
  const db = await openShop(t)
  const { issues } = await importArchive(db, bad, { dryRun: true })
  assert.deepEqual(
    issues.map(({ path, code }) => [path, code]),
    [
      ['catalog.json, uom 3', 'VALIDATION'],
      ['catalog.json, uom 4', 'IMPORT'],
      ['catalog.json, uom 5', 'IMPORT'],
      [kCover, 'IMPORT'],
    ],
  )
  const error = await refused(db, bad, 'catalog.json, uom 3')
  assert.deepEqual(error.issues, issues)
  assert.match(error.message, /because of catalog\.json, uom 3: name: .*\. 3 more are in issues\.$/)
})

test('texts that are none', async (t) => {
  const folder = await goodFolder(t)
  const with_ = (name, text) => new Map([...folder, [name, Buffer.from(text)]])
  await refusedWhole(t, with_('catalog.json', '{'), 'catalog.json')
  await refusedWhole(t, with_('catalog.json', '{"image_blob": []}'), 'catalog.json')
  await refusedWhole(t, with_('catalog.json', '{"uom": {}}'), 'catalog.json')
  await refusedWhole(t, with_('catalog.json', '{"__proto__": []}'), 'catalog.json')
  await refusedWhole(t, with_('uom.csv', 'name\nbag\n'), 'uom.csv')
  folder.delete('catalog.json')
  await refusedWhole(t, with_('uom.csv', 'nme\nbag\n'), 'uom.csv')
  await refusedWhole(t, with_('uom.csv', ''), 'uom.csv')
})
