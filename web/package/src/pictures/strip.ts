// Metadata: what a camera wrote beside the pixels (where, when, with what), taken out without
// decoding. The orientation and the colour profile stay, because they belong to the look.
import { crc32 } from '../archive/crc32.js'
import { refusePicture } from './failures.js'
import type { Bytes } from './source.js'

type Range = readonly [start: number, end: number]

function joinRanges(bytes: Bytes, ranges: readonly Range[]): Bytes {
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

// A TIFF structure that says the orientation and nothing else.
function tiffOf(orientation: number): number[] {
  const entry = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  return [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, ...entry]
}

// The same as an APP1 segment.
function orientationSegment(orientation: number): number[] {
  const data = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiffOf(orientation)]
  return [0xff, 0xe1, 0, data.length + 2, ...data]
}

// The orientation in the TIFF structure at `tiff`, 1 where it says none.
function orientationAt(bytes: Bytes, tiff: number, end: number): number {
  if (end - tiff < 8) return 1
  const data = view(bytes)
  const isLittle = bytes[tiff] === 0x49
  const first = tiff + data.getUint32(tiff + 4, isLittle)
  if (first + 2 > end) return 1
  const count = data.getUint16(first, isLittle)
  for (let entry = first + 2; entry < first + 2 + count * 12 && entry + 12 <= end; entry += 12) {
    if (data.getUint16(entry, isLittle) === 0x112) return data.getUint16(entry + 8, isLittle)
  }
  return 1
}

const isTurned = (orientation: number): boolean => orientation >= 2 && orientation <= 8

// Segments up to the pixels; APP2 has the colour profile, APP14 how colours are meant.
function jpeg(bytes: Bytes): Bytes {
  const kept: Range[] = []
  let orientation = 1
  let at = 2
  while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const marker = bytes[at + 1]
    const end = at + 2 + view(bytes).getUint16(at + 2)
    if (marker === 0xe1 && ascii(bytes, at + 4, 4) === 'Exif')
      orientation = Math.max(orientation, orientationAt(bytes, at + 10, end))
    const isMetadata =
      marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee)
    if (!isMetadata) kept.push([at, end])
    at = end
  }
  const turned = isTurned(orientation) ? orientationSegment(orientation) : []
  const rest = joinRanges(bytes, [...kept, [at, bytes.length]])
  return new Uint8Array([0xff, 0xd8, ...turned, ...rest])
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

function png(bytes: Bytes): Bytes {
  const kept: Range[] = []
  let orientation = 1
  // The header is the first chunk, of 25 bytes; what turns the picture comes behind it.
  for (let at = 33; at + 12 <= bytes.length;) {
    const end = at + 12 + view(bytes).getUint32(at)
    const type = ascii(bytes, at + 4, 4)
    if (type === 'eXIf') orientation = orientationAt(bytes, at + 8, end - 4)
    if (!kPngMetadata.includes(type)) kept.push([at, end])
    at = end
  }
  const turned = isTurned(orientation) ? orientationChunk(orientation) : new Uint8Array()
  return new Uint8Array([...bytes.subarray(0, 33), ...turned, ...joinRanges(bytes, kept)])
}

function webp(bytes: Bytes): Bytes {
  const kept: Range[] = [[0, 12]]
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view(bytes).getUint32(at + 4, true)
    const end = at + 8 + size + (size % 2)
    if (!['EXIF', 'XMP '].includes(ascii(bytes, at, 4))) kept.push([at, end])
    at = end
  }
  const result = joinRanges(bytes, kept)
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
