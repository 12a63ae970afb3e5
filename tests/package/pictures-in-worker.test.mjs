// Pictures of a catalog behind a worker's messages: what is attached is what was looked at.
import assert from 'node:assert/strict'
import { resolveObjectURL } from 'node:buffer'
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLater } from './support/installed.mjs'
import { encoded, file, plain } from './support/pictures.mjs'
import { rejection } from './support/shop.mjs'

async function openShop(t) {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  await db.product.create({ name: 'Boot', description: '' })
  return { db, image: db.product.attachment('image'), bytes: await encoded('jpeg', 200, 100) }
}

// The address of a file that is gone when the test is over.
function fileFor(t, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-picture-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'picture.jpg')
  writeFileSync(path, bytes)
  return path
}

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer())

test('whatever a picture comes from, it is kept byte for byte, with its thumbnails', async (t) => {
  const { db, image, bytes } = await openShop(t)
  const onDisk = await openAsBlob(fileFor(t, bytes))
  for (const source of [bytes, bytes.buffer, file(bytes), onDisk, new Response(bytes)]) {
    const picture = await image.prepare(source)
    assert.deepEqual([picture.width, picture.size_bytes], [200, bytes.length])
    const row = await image.attach(1, picture)
    assert.deepEqual(await bytesOf(await image.blob(row)), bytes)
    assert.deepEqual(
      (await image.list(1)).map(({ width }) => width),
      [64, 160, 200],
    )
  }
  assert.equal(await db.image_blob.count(), 3)
})

test('a picture prepared once is attached to several products', async (t) => {
  const { db, image, bytes } = await openShop(t)
  await db.product.create({ name: 'Sandal', description: '' })
  const picture = await image.prepare(file(bytes))
  const rows = await db.transaction(async (tx) => {
    const inside = tx.product.attachment('image')
    return [await inside.attach(1, picture), await inside.attach(2, picture)]
  })
  assert.equal(rows[0].sha256, rows[1].sha256)
  assert.equal(await db.image_blob.count(), 3)
})

test('bytes that change after prepare() are attached as they were', async (t) => {
  const { image, bytes } = await openShop(t)
  const mine = bytes.slice()
  const picture = await image.prepare(mine)
  mine.fill(0)
  assert.deepEqual(await bytesOf(await image.blob(await image.attach(1, picture))), bytes)
})

test('closing revokes an address that is still on its way', async (t) => {
  const { db, image, bytes } = await openShop(t)
  const row = await image.attach(1, await image.prepare(bytes))
  const [{ href }] = await Promise.all([image.url(row), db.close()])
  assert.equal(resolveObjectURL(href), undefined)
})

test('metadata is left out of a file too', async (t) => {
  const { image } = await openShop(t)
  const exif = { IFD0: { Copyright: 'Somebody' } }
  const made = await plain(80, 40).jpeg().withExifMerge(exif).toBuffer()
  assert.ok(made.includes('Somebody'))
  const picture = await image.prepare(file(made), { stripMetadata: true })
  const kept = await bytesOf(await image.blob(await image.attach(1, picture)))
  assert.ok(!Buffer.from(kept).includes('Somebody'))
})

test('what is no picture is refused', async (t) => {
  const { image, bytes } = await openShop(t)
  await rejection(image.prepare(file('<html>')), { code: 'IMAGE' })
  await rejection(image.prepare(file(bytes.subarray(0, 200))), { code: 'IMAGE' })
})
