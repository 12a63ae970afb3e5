// stripMetadata of files as cameras and programs write them, and of some that nobody does: nothing
// of what stands beside the pixels stays, wherever it stands, and the picture is the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { encoded, plain } from './support/pictures.mjs'
import { openShop } from './support/shop.mjs'

const kSecret = 'At home, 12 Elm Street'
const secret = Buffer.from(kSecret)

// A JPEG's segment.
function segment(marker, ...parts) {
  const data = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

// EXIF's block with an orientation of that type (3 is the one it has), and the secret behind it.
function exif(orientation, type = 3) {
  const tiff = Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\0\0\x01\0\0\0\0\0\0\0\0\0\0\0', 'latin1')
  tiff.writeUInt16LE(type, 12)
  tiff.writeUInt16LE(orientation, 18)
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, secret])
}

// The bytes of a JPEG with `parts` before all its other segments.
const jpegWith = (bytes, ...parts) =>
  new Uint8Array(Buffer.concat([bytes.subarray(0, 2), ...parts, bytes.subarray(2)]))

// The JPEG with `part` between two of its scans.
function betweenScans(bytes, part) {
  const second = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xc4]), bytes.length / 3)
  const [before, after] = [bytes.subarray(0, second), bytes.subarray(second)]
  return new Uint8Array(Buffer.concat([before, part, after]))
}

async function openStripping(t) {
  const db = await openShop(t)
  const image = db.product.attachment('image')
  // What is kept of these bytes, as a Buffer, and its row.
  return async (bytes) => {
    const row = image.attach(1, await image.prepare(bytes, { stripMetadata: true }))
    return { row, kept: Buffer.from(await image.blob(row).arrayBuffer()) }
  }
}

const pixelsOf = (bytes) => sharp(bytes).raw().toBuffer()

test('nothing is left of what stands in a JPEG beside its pixels, wherever it is', async (t) => {
  const strip = await openStripping(t)
  const jpeg = await encoded('jpeg', 80, 40)
  const progressive = await plain(80, 40).jpeg({ progressive: true }).toBuffer()
  const files = {
    'behind a byte that fills': jpegWith(jpeg, Buffer.from([0xff]), segment(0xe1, exif(6))),
    'behind a marker that stands alone': jpegWith(
      jpeg,
      Buffer.from([0xff, 0x01]),
      segment(0xfe, secret),
    ),
    'behind its end': new Uint8Array(Buffer.concat([jpeg, secret])),
    'a second picture': jpegWith(jpeg, segment(0xe2, 'MPF\0', secret)),
    'between its scans': betweenScans(progressive, segment(0xfe, secret)),
  }
  for (const [name, bytes] of Object.entries(files)) {
    assert.ok(Buffer.from(bytes).includes(secret), name)
    const { kept } = await strip(bytes)
    assert.ok(!kept.includes(secret), name)
    assert.deepEqual(await pixelsOf(kept), await pixelsOf(bytes), name)
  }
})

test('what stands behind the end of a PNG or a WebP goes too', async (t) => {
  const strip = await openStripping(t)
  for (const format of ['png', 'webp']) {
    const bytes = await encoded(format, 80, 40)
    const { kept } = await strip(new Uint8Array(Buffer.concat([bytes, secret])))
    assert.deepEqual(kept, Buffer.from(bytes), format)
  }
})

test('a picture is turned as it was, whatever else its EXIF says', async (t) => {
  const strip = await openStripping(t)
  const jpeg = await encoded('jpeg', 80, 40)
  const sizeOf = async (...parts) => {
    const { row, kept } = await strip(jpegWith(jpeg, ...parts))
    assert.ok(!kept.includes(secret))
    return [row.width, row.height, (await sharp(kept).metadata()).orientation ?? 1]
  }
  assert.deepEqual(await sizeOf(segment(0xe1, exif(6))), [40, 80, 6])
  assert.deepEqual(await sizeOf(segment(0xe1, exif(6, 4))), [80, 40, 1], 'of another type')
  assert.deepEqual(await sizeOf(segment(0xe1, exif(9))), [80, 40, 1], 'no orientation')
  const noTiff = exif(6).fill('XX', 6, 8)
  assert.deepEqual(await sizeOf(segment(0xe1, noTiff)), [80, 40, 1], 'no byte order')
})
