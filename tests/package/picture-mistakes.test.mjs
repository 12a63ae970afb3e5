// What programs get wrong about pictures: each call says which option it is, what it takes and what
// it was given. What is wrong with the pictures themselves is in bad-pictures.test.mjs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encoded } from './support/pictures.mjs'
import { openShop, refusal, rejection } from './support/shop.mjs'

async function openPicture(t) {
  const db = await openShop(t)
  const image = db.product.attachment('image')
  return { db, image, picture: await image.prepare(await encoded('jpeg', 200, 100)) }
}

test('mistakes are told', async (t) => {
  const { db, image, picture } = await openPicture(t)
  refusal(() => db.product.attachment('photo'), { code: 'VALIDATION' })
  refusal(() => db.category.attachment('image'), { code: 'VALIDATION' })
  refusal(() => image.attach(1, new Uint8Array(3)), { code: 'VALIDATION' })
  refusal(() => image.attach(99, picture), { code: 'NOT_FOUND' })
  refusal(() => image.attach(1, picture, { order_index: 0 }), { code: 'VALIDATION' })
  refusal(() => image.blob({ name: 'no picture' }), { code: 'VALIDATION' })
  const row = { width: 1, height: 1, mimetype: 'image/png', original: true, product_id: 1 }
  db.product_picture.create(row)
  refusal(() => image.blob(image.original(1)), { code: 'IMAGE', reason: 'no_bytes' })
  await rejection(image.thumbnail(1, { width: 3 }), { code: 'IMAGE', reason: 'no_bytes' })
  await rejection(image.thumbnail(2, { width: 3 }), { code: 'IMAGE', reason: 'no_original' })
})

test('pictures are those of one owner: what is no key finds none and takes none', async (t) => {
  const { image, picture } = await openPicture(t)
  for (const id of [1, 2, 3]) image.attach(id, picture)
  const filter = { name: { contains: 'boot' } }
  const both = { id: 1, name: 'Apple' }
  for (const key of [
    {},
    { description: 'Rubber' },
    { category_id: 1 },
    filter,
    both,
    { NOT: {} },
  ]) {
    const wrong = { code: 'VALIDATION', path: 'key' }
    for (const work of [
      () => image.remove(key),
      () => image.alt(key, 'A boot'),
      () => image.list(key),
      () => image.original(key),
    ])
      refusal(work, wrong, /one key, as get/)
  }
  assert.equal(image.list(1).length + image.list({ id: 2 }).length, 6)
  assert.equal(image.remove({ name: 'Apple' }), 3)
  assert.equal(image.list({ id: 3 }).length, 0)
})

test('an attachment of a transaction ends with it', async (t) => {
  const { db, image, picture } = await openPicture(t)
  image.attach(1, picture)
  const late = db.transaction((tx) => tx.product.attachment('image'))
  refusal(() => late.remove(1), { code: 'STATE' })
  refusal(() => late.alt(1, 'A boot'), { code: 'STATE' })
  assert.equal(image.list(1).length, 3)
})

test('words that are no text are refused, as alt() refuses them', async (t) => {
  const { image, picture } = await openPicture(t)
  for (const alt of [5, {}, [], true, new Date(0), undefined]) {
    const wrong = { code: 'VALIDATION', path: 'alt' }
    refusal(() => image.attach(1, picture, { alt }), wrong, /text/)
  }
  assert.deepEqual(image.list(1), [])
  assert.equal(image.attach(1, picture, { alt: null }).alt, null)
})

test('no picture of a gallery has a number below 0', async (t) => {
  const { db, picture } = await openPicture(t)
  const photos = db.product.attachment('photos')
  const wrong = { code: 'VALIDATION', path: 'order_index' }
  refusal(() => photos.attach(1, picture, { order_index: -1 }), wrong, /from 0 on, not -1/)
  assert.deepEqual(photos.list(1), [])
  // One that is there from elsewhere can be taken away.
  const row = { width: 1, height: 1, mimetype: 'image/png', product_id: 1, order_index: -1 }
  db.product_photo.create(row)
  assert.equal(photos.remove(1, { order_index: -1 }), 1)
})

test('a size that no thumbnail can have is told by the option’s name', async (t) => {
  const { image, picture } = await openPicture(t)
  image.attach(1, picture)
  const refused = (scale, path, words) =>
    rejection(image.thumbnail(1, scale), { code: 'VALIDATION', path }, words)
  for (const width of [0, -3, 1.5, '50', 50n, null, Number.NaN, undefined]) {
    await refused({ width }, 'width', /^width must be a whole number above 0, not /)
  }
  await refused({ height: '50' }, 'height', /not 50 \(string\)/)
  await refused({ ratio: '0.5' }, 'ratio', /^ratio must be a number above 0, not 0\.5 \(string\)/)
  await refused({ width: 16_384 }, 'width', /16384 x 8192 pixels/)
  await refused({ height: 16_384 }, 'height', /32768 x 16384 pixels/)
  await refused({ ratio: Infinity }, 'ratio', /at most/)
  await refused({}, '', /give one/)
  await refused({ width: 3, height: 3 }, 'width', /give one/)
  assert.deepEqual(
    image.list(1).map(({ width }) => width),
    [64, 160, 200],
  )
  assert.equal((await image.thumbnail(1, { ratio: 0.1 })).width, 20)
})

test('a size that is looked for has two sides', async (t) => {
  const { image, picture } = await openPicture(t)
  image.attach(1, picture)
  const refused = (size, path, words) =>
    refusal(() => image.find(1, size), { code: 'VALIDATION', path }, words)
  refused({ width: 64 }, 'height', /^height must be a whole number above 0, not undefined/)
  refused({ width: 1.5, height: 32 }, 'width', /not 1\.5 \(number\)/)
  refused({ width: 64, height: '32' }, 'height', /not 32 \(string\)/)
  assert.equal(image.find(1, { width: 64, height: 32 }).width, 64)
})

test('of a gallery each call that is about one picture wants its number', async (t) => {
  const { db, picture } = await openPicture(t)
  const photos = db.product.attachment('photos')
  photos.attach(1, picture)
  const needed = { code: 'VALIDATION', reason: 'set_needed', path: 'order_index' }
  refusal(() => photos.original(1), needed)
  refusal(() => photos.find(1, { width: 64, height: 32 }), needed)
  refusal(() => photos.alt(1, 'A boot'), needed)
  await rejection(photos.thumbnail(1, { width: 3 }), needed)
})

test('the number of a picture in a gallery is told by its name when it is none', async (t) => {
  const { db, picture } = await openPicture(t)
  const photos = db.product.attachment('photos')
  photos.attach(1, picture)
  for (const order_index of ['0', 1.5, null, undefined]) {
    const wrong = { code: 'VALIDATION', path: 'order_index' }
    for (const work of [
      () => photos.attach(1, picture, { order_index }),
      () => photos.original(1, { order_index }),
      () => photos.list(1, { order_index }),
      () => photos.remove(1, { order_index }),
    ])
      assert.match(
        refusal(work, wrong).message,
        /^order_index must be a whole number from 0 on, not /,
      )
  }
  assert.equal(photos.list(1).length > 0, true)
})

test('what onProgress throws is reported, and the picture is prepared', async (t) => {
  const { image } = await openPicture(t)
  const bytes = await encoded('png', 20, 10)
  const later = []
  t.mock.method(globalThis, 'queueMicrotask', (task) => later.push(task))
  const onProgress = () => {
    throw new Error('of the program')
  }
  image.attach(1, await image.prepare(bytes, { onProgress }))
  t.mock.restoreAll()
  assert.throws(later[0], /of the program/)
  const options = { onProgress: 'loud' }
  await rejection(image.prepare(bytes, options), { code: 'VALIDATION', path: 'onProgress' })
})
