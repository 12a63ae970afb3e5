// Metadata: what a camera wrote beside the pixels (where, when, with what), taken out without
// decoding. The orientation and the colour profile stay, because they belong to the look.
import { crc32 } from '../archive/crc32.js'
import { refusePicture } from './failures.js'
import type { Bytes } from './source.js'

function join(parts: readonly Uint8Array[]): Bytes {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

const view = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
const ascii = (bytes: Bytes, at: number, size: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + size))

// A TIFF structure that says the orientation and nothing else.
function tiffOf(orientation: number): number[] {
  const entry = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  return [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, ...entry]
}

// The same as an APP1 segment; nothing for pixels that lie as they are shown.
function orientationSegment(orientation: number): number[] {
  if (orientation === 1) return []
  const data = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiffOf(orientation)]
  return [0xff, 0xe1, 0, data.length + 2, ...data]
}

// Where the next segment begins: behind pixels, bytes that fill, and markers that stand alone.
function nextSegment(bytes: Bytes, at: number): number {
  const isNone = (next: number): boolean =>
    next < 2 || next === 0xff || (next >= 0xd0 && next <= 0xd8)
  while (at < bytes.length && (bytes[at] !== 0xff || isNone(bytes[at + 1]))) at++
  return at
}

// Of the segments for programs those with the colour profile and the meaning of colours belong to
// the look; the others, and comments, are about the picture.
function isMetadata(bytes: Bytes, at: number): boolean {
  const marker = bytes[at + 1]
  if (marker === 0xe2) return ascii(bytes, at + 4, 11) !== 'ICC_PROFILE'
  return marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee)
}

// Up to the end of the picture: what lies behind it, a film or a second picture, is no part of it.
function jpeg(bytes: Bytes, orientation: number): Bytes {
  const kept = [new Uint8Array([0xff, 0xd8, ...orientationSegment(orientation)])]
  let at = nextSegment(bytes, 2)
  while (bytes[at + 1] !== 0xd9) {
    const end = at + 2 + view(bytes).getUint16(at + 2)
    const next = nextSegment(bytes, end)
    kept.push(bytes.subarray(isMetadata(bytes, at) ? end : at, next))
    at = next
  }
  return join([...kept, bytes.subarray(at, at + 2)])
}

const kPngMetadata = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf']

// The chunk eXIf with the orientation alone.
function orientationChunk(orientation: number): Bytes {
  const checked = new Uint8Array([0x65, 0x58, 0x49, 0x66, ...tiffOf(orientation)])
  const chunk = new Uint8Array(checked.length + 8)
  chunk.set(checked, 4)
  view(chunk).setUint32(0, checked.length - 4)
  view(chunk).setUint32(checked.length + 4, crc32(checked))
  return chunk
}

function png(bytes: Bytes, orientation: number): Bytes {
  const kept: Uint8Array[] = []
  let type = ''
  // The header is the first chunk, of 25 bytes; what turns the picture comes behind it.
  for (let at = 33; type !== 'IEND';) {
    const end = at + 12 + view(bytes).getUint32(at)
    type = ascii(bytes, at + 4, 4)
    if (!kPngMetadata.includes(type)) kept.push(bytes.subarray(at, end))
    at = end
  }
  const turned = orientation === 1 ? new Uint8Array() : orientationChunk(orientation)
  return join([bytes.subarray(0, 33), turned, ...kept])
}

function webp(bytes: Bytes): Bytes {
  const kept: Uint8Array[] = [bytes.subarray(0, 12)]
  const sizeBytes = 8 + view(bytes).getUint32(4, true)
  for (let at = 12; at + 8 <= sizeBytes;) {
    const size = view(bytes).getUint32(at + 4, true)
    const end = at + 8 + size + (size % 2)
    if (!['EXIF', 'XMP '].includes(ascii(bytes, at, 4))) kept.push(bytes.subarray(at, end))
    at = end
  }
  const result = join(kept)
  view(result).setUint32(4, result.length - 8, true)
  // The flags of the canvas say which of these there are.
  if (ascii(result, 12, 4) === 'VP8X') result[20] &= ~0x0c
  return result
}

/**
 * The picture without its metadata. The module has walked these bytes, and said how they are
 * turned. Fails with IMAGE for a format where that cannot be done.
 */
export function withoutMetadata(bytes: Bytes, mimetype: string, orientation: number): Bytes {
  if (mimetype === 'image/jpeg') return jpeg(bytes, orientation)
  if (mimetype === 'image/png') return png(bytes, orientation)
  if (mimetype === 'image/webp') return webp(bytes)
  if (mimetype === 'image/gif') return bytes
  const message = 'Metadata cannot be taken out of an AVIF picture: save it as JPEG first.'
  return refusePicture('metadata', message)
}
