// Metadata: what a camera wrote beside the pixels (where, when, with what), taken out without
// decoding. The orientation and the colour profile stay, because they belong to the look.
import { refusePicture } from './failures.js'
import type { Bytes } from './source.js'

type Range = readonly [start: number, end: number]

function joined(bytes: Bytes, ranges: readonly Range[]): Bytes {
  const parts = ranges.map(([start, end]) => bytes.subarray(start, end))
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

// An APP1 segment that says the orientation and nothing else.
function orientationSegment(orientation: number): number[] {
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation]
  const data = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0, 0, 0]
  return [0xff, 0xe1, 0, data.length + 2, ...data]
}

function orientationOf(bytes: Bytes, at: number, end: number): number {
  if (end - at < 14 || ascii(bytes, at, 4) !== 'Exif') return 1
  const data = view(bytes)
  const tiff = at + 6
  const isLittle = bytes[tiff] === 0x49
  const first = tiff + data.getUint32(tiff + 4, isLittle)
  if (first + 2 > end) return 1
  const count = data.getUint16(first, isLittle)
  for (let entry = first + 2; entry < first + 2 + count * 12 && entry + 12 <= end; entry += 12) {
    if (data.getUint16(entry, isLittle) === 0x112) return data.getUint16(entry + 8, isLittle)
  }
  return 1
}

// Segments up to the pixels; APP2 has the colour profile, APP14 how colours are meant.
function jpeg(bytes: Bytes): Bytes {
  const kept: Range[] = []
  let orientation = 1
  let at = 2
  while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const marker = bytes[at + 1]
    const end = at + 2 + view(bytes).getUint16(at + 2)
    if (marker === 0xe1) orientation = Math.max(orientation, orientationOf(bytes, at + 4, end))
    const isMetadata =
      marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee)
    if (!isMetadata) kept.push([at, end])
    at = end
  }
  const turned = orientation >= 2 && orientation <= 8 ? orientationSegment(orientation) : []
  const rest = joined(bytes, [...kept, [at, bytes.length]])
  return new Uint8Array([0xff, 0xd8, ...turned, ...rest])
}

const kPngMetadata = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf']

function png(bytes: Bytes): Bytes {
  const kept: Range[] = [[0, 8]]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view(bytes).getUint32(at)
    if (!kPngMetadata.includes(ascii(bytes, at + 4, 4))) kept.push([at, end])
    at = end
  }
  return joined(bytes, kept)
}

function webp(bytes: Bytes): Bytes {
  const kept: Range[] = [[0, 12]]
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view(bytes).getUint32(at + 4, true)
    const end = at + 8 + size + (size % 2)
    if (!['EXIF', 'XMP '].includes(ascii(bytes, at, 4))) kept.push([at, end])
    at = end
  }
  const result = joined(bytes, kept)
  view(result).setUint32(4, result.length - 8, true)
  // The flags of the canvas say which of these there are.
  if (ascii(result, 12, 4) === 'VP8X') result[20] &= ~0x0c
  return result
}

/** The picture without its metadata. Fails with IMAGE for a format where that cannot be done. */
export function withoutMetadata(bytes: Bytes, mimetype: string): Bytes {
  if (mimetype === 'image/jpeg') return jpeg(bytes)
  if (mimetype === 'image/png') return png(bytes)
  if (mimetype === 'image/webp') return webp(bytes)
  if (mimetype === 'image/gif') return bytes
  const message = 'Metadata cannot be taken out of an AVIF picture: save it as JPEG first.'
  return refusePicture('metadata', message)
}
