// Pictures for the tests: real ones made by sharp, and files that are wrong in one way each.
import { crc32 } from './crc32.mjs'
import sharp from 'sharp'

const kRed = { r: 200, g: 30, b: 30 }

// A picture of one colour, not yet encoded.
export const plain = (width, height, background = kRed, channels = 3) =>
  sharp({ create: { width, height, channels, background } })

// The bytes of a picture in that format, as a Uint8Array of its own.
export async function encoded(format, width, height, background = kRed) {
  const channels = background.alpha === undefined ? 3 : 4
  return new Uint8Array(
    await plain(width, height, background, channels).toFormat(format).toBuffer(),
  )
}

// The bytes of a PNG of grain, which compresses hardly at all.
export async function grainy(width, height) {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 }
  const create = { width, height, channels: 3, background: kRed, noise }
  return new Uint8Array(await sharp({ create }).png().toBuffer())
}

// A stream of these bytes, so many at once.
export function inPieces(bytes, size) {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      return controller.enqueue(bytes.slice(at, (at += size)))
    },
  })
}

export const file = (bytes, name = 'picture', type = 'image/jpeg') =>
  new File([bytes], name, { type })

// The format, size and colour (of the middle) that a decoder sees in a Blob.
export async function seen(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const { format, width, height, exif, orientation } = await sharp(bytes).metadata()
  const left = Math.floor(width / 2)
  const top = Math.floor(height / 2)
  const pixel = await sharp(bytes)
    .ensureAlpha()
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer()
  return { format, width, height, hasExif: exif !== undefined, orientation, pixel: [...pixel] }
}

function chunk(type, data) {
  const checked = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(checked.length + 8)
  whole.writeUInt32BE(data.length, 0)
  checked.copy(whole, 4)
  whole.writeUInt32BE(crc32(checked), checked.length + 4)
  return whole
}

// A PNG that says it has this size, with hardly any bytes of pixels.
export function pngBomb(width, height) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(10)),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return new Uint8Array(Buffer.concat([signature, ...parts]))
}

// A GIF of 1 x 1 pixels with that many frames.
export function gifOfFrames(count) {
  const header = Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  const frame = Buffer.from(',\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0', 'latin1')
  return new Uint8Array(Buffer.concat([header, ...Array(count).fill(frame), Buffer.from(';')]))
}

export const heic = () =>
  new Uint8Array(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'))
export const svg = () =>
  new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  )
