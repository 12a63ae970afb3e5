// Pictures through the package: prepared in Node by sharp, attached inside transactions, found,
// scaled, ordered and shown.
import assert from 'node:assert/strict'
import { resolveObjectURL } from 'node:buffer'
import { test } from 'node:test'
import sharp from 'sharp'
import { openCatalog, openLater } from './support/installed.mjs'
import { encoded, file, grainy, inPieces, plain, seen } from './support/pictures.mjs'
import { openShop, refusal, rejection } from './support/shop.mjs'

async function openWithPicture(t, width = 200, height = 100) {
  const db = await openShop(t)
  const image = db.product.attachment('image')
  const bytes = await encoded('jpeg', width, height)
  const picture = await image.prepare(file(bytes))
  return { db, image, bytes, picture }
}

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer())
const widths = (rows) => rows.map(({ width }) => width)

test('a prepared picture has its size, its thumbnails and its colour', async (t) => {
  const { picture, bytes } = await openWithPicture(t, 400, 200)
  const { width, height, mimetype, size_bytes } = picture
  assert.deepEqual([width, height, mimetype], [400, 200, 'image/jpeg'])
  assert.equal(size_bytes, bytes.length)
  assert.deepEqual(
    picture.thumbnails.map((one) => [one.width, one.height, one.mimetype]),
    [64, 160, 320].map((side) => [side, side / 2, 'image/jpeg']),
  )
  assert.match(picture.dominant_color, /^#c[789][0-9a-f]{4}$/)
})

test('an attached picture is kept byte for byte, with thumbnails that look like it', async (t) => {
  const { db, image, bytes, picture } = await openWithPicture(t)
  const row = image.attach({ name: 'Hiking boot' }, picture, { alt: 'A boot' })
  assert.deepEqual(
    [row.width, row.height, row.original, row.alt, row.product_id],
    [200, 100, true, 'A boot', 1],
  )
  assert.deepEqual(await bytesOf(image.blob(row)), bytes)
  assert.equal(image.blob(row).type, 'image/jpeg')
  assert.deepEqual(widths(image.list(1)), [64, 160, 200])
  const small = await seen(image.blob(image.find(1, { width: 64, height: 32 })))
  assert.deepEqual([small.width, small.height, small.hasExif], [64, 32, false])
  assert.ok(Math.abs(small.pixel[0] - 200) < 4, `red is ${small.pixel[0]}`)
  assert.equal(db.image_blob.count(), 3)
})

test('what is attached in a transaction goes with it', async (t) => {
  const { db, image, picture } = await openWithPicture(t)
  assert.throws(() =>
    db.transaction((tx) => {
      tx.product.attachment('image').attach(1, picture)
      assert.equal(image.original(1).width, 200)
      throw new Error('no')
    }),
  )
  assert.equal(image.original(1), null)
  assert.equal(db.image_blob.count(), 0)
  const late = db.transaction((tx) => tx.product.attachment('image'))
  refusal(() => late.attach(1, picture), { code: 'STATE' })
})

test('attaching again replaces the whole set', async (t) => {
  const { db, image, picture } = await openWithPicture(t)
  image.attach(1, picture)
  const other = await image.prepare(await encoded('png', 100, 100))
  image.attach(1, other)
  assert.deepEqual(widths(image.list(1)), [64, 100])
  assert.equal(image.original(1).mimetype, 'image/png')
  db.sql`DELETE FROM vitrine_history`
  assert.equal(db.sweepPictures(), 3)
  assert.equal(db.image_blob.count(), 2)
})

test('undo brings the bytes of a replaced picture back, after a sweep too', async (t) => {
  const { db, image, bytes, picture } = await openWithPicture(t)
  image.attach(1, picture)
  image.attach(1, await image.prepare(await encoded('png', 100, 100)))
  assert.equal(db.sweepPictures(), 0)
  db.undo()
  assert.deepEqual(await bytesOf(image.blob(image.original(1))), bytes)
  db.redo()
  assert.equal(image.original(1).mimetype, 'image/png')
})

test('a thumbnail of any size is made once and then found', async (t) => {
  const { db, image, picture } = await openWithPicture(t)
  image.attach(1, picture)
  const made = await image.thumbnail(1, { width: 33 })
  assert.deepEqual([made.width, made.height, made.original], [33, 16, false])
  assert.equal((await seen(image.blob(made))).width, 33)
  const statements = []
  db.onQuery(({ sql }) => statements.push(sql))
  assert.deepEqual(
    await image.thumbnail(1, { height: 16 }),
    await image.find(1, { width: 32, height: 16 }),
  )
  assert.deepEqual(await image.thumbnail(1, { width: 33 }), made)
  assert.equal((await image.thumbnail(1, { ratio: 1 })).original, true)
  assert.equal(statements.filter((sql) => sql.startsWith('INSERT INTO "image_blob"')).length, 1)
})

test('a picture that was exchanged while it was scaled leaves no thumbnail behind', async (t) => {
  const { image, picture } = await openWithPicture(t)
  const blue = { r: 20, g: 20, b: 220 }
  const other = await image.prepare(file(await encoded('png', 300, 100, blue)))
  image.attach(1, picture)
  const later = image.thumbnail(1, { width: 53 })
  image.attach(1, other)
  const row = await later
  assert.deepEqual([row.width, row.mimetype], [53, 'image/png'])
  const { pixel } = await seen(image.blob(row))
  assert.ok(pixel[2] > 200 && pixel[0] < 40, `${pixel}`)
  const gone = image.thumbnail(1, { width: 54 })
  image.remove(1)
  await rejection(gone, { code: 'IMAGE', reason: 'no_original' })
  assert.deepEqual(image.list(1), [])
})

test('transparency is kept in thumbnails', async (t) => {
  const { image } = await openWithPicture(t)
  for (const format of ['png', 'webp', 'gif']) {
    const bytes = await encoded(format, 100, 100, { r: 0, g: 0, b: 200, alpha: 0 })
    image.attach(1, await image.prepare(bytes))
    const small = await seen(image.blob(image.list(1)[0]))
    assert.deepEqual([small.width, small.pixel[3]], [64, 0], format)
  }
})

test('a photo taken on its side is measured and scaled as it is shown', async (t) => {
  const { image } = await openWithPicture(t)
  const all = ['jpeg', 'png'].flatMap((format) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => [format, orientation]),
  )
  for (const [format, orientation] of all) {
    const bytes = await plain(200, 100).toFormat(format).withMetadata({ orientation }).toBuffer()
    const picture = await image.prepare(new Uint8Array(bytes))
    const [width, height] = orientation < 5 ? [200, 100] : [100, 200]
    assert.deepEqual([picture.width, picture.height], [width, height], String(orientation))
    image.attach(1, picture)
    const small = await seen(
      image.blob(image.find(1, { width: 64, height: Math.floor((height * 64) / width) })),
    )
    assert.equal(small.orientation, undefined)
  }
})

test('a WebP is scaled as its pixels lie, as browsers show it', async (t) => {
  const { image } = await openWithPicture(t)
  const left = await plain(100, 100, { r: 0, g: 0, b: 200 }).png().toBuffer()
  const halves = plain(200, 100).composite([{ input: left, left: 0, top: 0 }])
  const bytes = await halves.webp().withMetadata({ orientation: 6 }).toBuffer()
  const picture = await image.prepare(new Uint8Array(bytes))
  assert.deepEqual([picture.width, picture.height], [200, 100])
  image.attach(1, picture)
  const small = image.blob(image.find(1, { width: 64, height: 32 }))
  const pixels = await sharp(await bytesOf(small))
    .raw()
    .toBuffer()
  // Of the first line the first pixel is of the left half, the last one of the right.
  assert.deepEqual([pixels[2] > 150, pixels[63 * 3] > 150, pixels[0] < 60], [true, true, true])
})

test('metadata can be left out, and the picture looks as before', async (t) => {
  const { image } = await openWithPicture(t)
  const exif = { IFD0: { Copyright: 'Somebody', ImageDescription: 'At home' } }
  for (const format of ['jpeg', 'png', 'webp']) {
    const made = plain(80, 40).toFormat(format).withMetadata({ orientation: 6 }).withExifMerge(exif)
    const bytes = new Uint8Array(await made.toBuffer())
    assert.ok(Buffer.from(bytes).includes('Somebody'), format)
    const row = image.attach(1, await image.prepare(bytes, { stripMetadata: true }))
    const kept = Buffer.from(await bytesOf(image.blob(row)))
    assert.ok(!kept.includes('Somebody'), format)
    const { orientation } = await seen(image.blob(row))
    if (format !== 'webp') assert.deepEqual([row.width, row.height, orientation], [40, 80, 6])
  }
})

test('pictures come from files, bytes, answers and addresses', async (t) => {
  const { image, bytes } = await openWithPicture(t)
  const address = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`
  const sources = [
    bytes,
    bytes.buffer,
    new Blob([bytes]),
    new Response(bytes),
    address,
    new URL(address),
  ]
  for (const source of sources) {
    assert.equal((await image.prepare(source)).size_bytes, bytes.length)
  }
  await rejection(image.prepare(7), { code: 'VALIDATION' })
})

test('a picture that comes in pieces is taken, whatever was said of its size', async (t) => {
  const { image } = await openWithPicture(t)
  const bytes = await grainy(300, 200)
  assert.ok(bytes.length > 100_000)
  for (const [size, headers] of [
    [997, {}],
    [5_000, {}],
    [40_000, { 'content-length': String(bytes.length) }],
    [5_000, { 'content-length': '6000' }],
  ]) {
    const picture = await image.prepare(new Response(inPieces(bytes, size), { headers }))
    const stored = await image.blob(image.attach(1, picture))
    assert.deepEqual(await bytesOf(stored), bytes)
  }
})

test('an original alone is looked at, and scaled when a size is wanted', async (t) => {
  const { image, bytes } = await openWithPicture(t)
  const picture = await image.prepare(bytes, { originalOnly: true })
  assert.deepEqual([picture.width, picture.thumbnails, picture.dominant_color], [200, [], null])
  image.attach(1, picture)
  assert.deepEqual(widths(image.list(1)), [200])
  assert.equal((await image.thumbnail(1, { width: 64 })).height, 32)
  await rejection(image.prepare(file('x'), { originalOnly: true }), { code: 'IMAGE' })
})

test('bytes that change after prepare() are attached as they were', async (t) => {
  const { image, bytes } = await openWithPicture(t)
  const mine = bytes.slice()
  const picture = await image.prepare(mine)
  mine.fill(0)
  assert.deepEqual(await bytesOf(image.blob(image.attach(1, picture))), bytes)
})

test('progress goes up to 1, and a signal gives up', async (t) => {
  const { db, image, bytes } = await openWithPicture(t)
  const parts = []
  await image.prepare(new Response(bytes), { onProgress: (part) => parts.push(part) })
  assert.deepEqual(parts, parts.toSorted())
  assert.equal(parts.at(-1), 1)
  const aborted = { code: 'ABORTED' }
  await rejection(image.prepare(bytes, { signal: AbortSignal.abort() }), aborted)
  const control = new AbortController()
  const later = image.prepare(new Blob([bytes]), { signal: control.signal })
  control.abort()
  await rejection(later, aborted)
  assert.equal(db.image_blob.count(), 0)
})

test('a gallery grows at its end, is put into order, and changes picture by picture', async (t) => {
  const { db, picture } = await openWithPicture(t)
  const photos = db.product.attachment('photos')
  const square = await photos.prepare(await encoded('png', 50, 50))
  assert.equal(photos.attach(1, picture).order_index, 0)
  assert.equal(photos.attach(1, square, { alt: 'Square' }).order_index, 1)
  assert.deepEqual(widths(photos.list(1)), [64, 160, 200, 50])
  photos.reorder(1, [1, 0])
  assert.equal(photos.original(1, { order_index: 0 }).alt, 'Square')
  photos.attach(1, square, { order_index: 1 })
  assert.deepEqual(widths(photos.list(1)), [50, 50])
  assert.equal(photos.alt(1, 'Other', { order_index: 1 }), 1)
  assert.equal(photos.remove(1, { order_index: 0 }), 1)
  assert.deepEqual(
    photos.list(1).map(({ alt }) => alt),
    ['Other'],
  )
  refusal(() => photos.original(1), { code: 'VALIDATION', path: 'order_index' })
  refusal(() => photos.reorder(1, [0, 1]), { code: 'VALIDATION' })
})

test('pictures that are added to a gallery at the same time all stay', async (t) => {
  const { bytes } = await openWithPicture(t)
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  const { id } = await later.product.create({ name: 'Boot', description: '' })
  const photos = later.product.attachment('photos')
  const picture = await photos.prepare(bytes, { originalOnly: true })
  const added = await Promise.all(Array.from({ length: 5 }, () => photos.attach(id, picture)))
  assert.deepEqual(
    added.map(({ order_index: number }) => number),
    [0, 1, 2, 3, 4],
  )
  assert.equal((await photos.list(id)).length, 5)
})

test('the pictures of all products come with them in one statement', async (t) => {
  const { db, image, picture } = await openWithPicture(t)
  for (const key of [1, 2, 3]) image.attach(key, picture)
  const statements = []
  db.onQuery(({ sql }) => statements.push(sql))
  const rows = db.product.find({ include: { image: { where: { original: true } } } })
  assert.deepEqual(
    rows.map(({ image: [one] }) => one.width),
    [200, 200, 200],
  )
  assert.equal(statements.length, 2)
  assert.equal(db.image_blob.count(), 3)
})

test('pictures go with what they belong to, and come back with an exported file', async (t) => {
  const { db, image, bytes, picture } = await openWithPicture(t)
  image.attach(1, picture)
  const copy = await openCatalog({ data: db.export() })
  t.after(() => copy.close())
  assert.equal(db.category.delete({ name: 'Boots' }).product_picture, 3)
  db.sql`DELETE FROM vitrine_history`
  assert.equal(db.sweepPictures(), 3)
  const kept = copy.product.attachment('image')
  assert.deepEqual(await bytesOf(kept.blob(kept.original(1))), bytes)
})

test('an address shows a picture until it is disposed of and the catalog is closed', async (t) => {
  const { db, image, bytes, picture } = await openWithPicture(t)
  const row = image.attach(1, picture)
  const [one, other] = [image.url(row), image.url(row)]
  assert.equal(one.href, other.href)
  one.dispose()
  one.dispose()
  assert.deepEqual(await bytesOf(resolveObjectURL(other.href)), bytes)
  db.close()
  assert.equal(resolveObjectURL(other.href), undefined)
})

test('240 addresses that nobody uses are kept, and the one let go first is revoked', async (t) => {
  const { db, image } = await openWithPicture(t)
  const photos = db.product.attachment('photos')
  const urls = []
  for (let side = 1; side <= 242; side++) {
    const bytes = await encoded('png', side, 2)
    urls.push(image.url(photos.attach(1, await image.prepare(bytes, { originalOnly: true }))))
  }
  const [first, second, third] = urls
  const isGood = ({ href }) => resolveObjectURL(href) !== undefined
  for (const url of urls.slice(1)) url.dispose()
  assert.deepEqual([first, second, third].map(isGood), [true, false, true])
  assert.equal(image.url(photos.original(1, { order_index: 2 })).href, third.href)
  first.dispose()
  assert.ok(urls.filter((url) => url !== second).every(isGood))
})
