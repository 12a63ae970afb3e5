// A ZIP of files, as every system can open it, by PKWARE's APPNOTE 6.3. They are stored as they
// are: pictures are packed already, and the rest is small.
import type { Bytes } from '../pictures/source.js'
import { crc32 } from './crc32.js'

/** Names are UTF-8. */
const kUtf8 = 0x0800
const kVersion = 20
/** The first of January 1980: the same rows give the same bytes, whenever they are packed. */
const kDate = 0x0021

// Field by field: how many bytes it takes, and its value.
type Fields = readonly (readonly [2 | 4, number])[]

export class ZipWriter {
  readonly #parts: BlobPart[] = []
  readonly #directory: Bytes[] = []
  #count = 0
  #offset = 0
  #directorySize = 0

  /** Adds a file, one of those that filesOf() gives: they are few and small enough for a ZIP. */
  add(name: string, bytes: Bytes): void {
    const path = new TextEncoder().encode(name)
    const facts = factsOf(path, bytes)
    const head = record([[4, 0x0403_4b50], [2, kVersion], ...facts, [2, 0]])
    // A browser can put a Blob elsewhere than into memory.
    this.#parts.push(head, path, new Blob([bytes]))
    const nothing = ([2, 2, 2, 2, 4] as const).map((size) => [size, 0] as const)
    const versions: Fields = [
      [2, kVersion],
      [2, kVersion],
    ]
    const entry = record([[4, 0x0201_4b50], ...versions, ...facts, ...nothing, [4, this.#offset]])
    this.#directory.push(entry, path)
    this.#directorySize += entry.length + path.length
    this.#offset += head.length + path.length + bytes.length
    this.#count += 1
  }

  /** All of it as a file. */
  blob(): Blob {
    const counts: Fields = [
      [2, this.#count],
      [2, this.#count],
    ]
    const place: Fields = [
      [4, this.#directorySize],
      [4, this.#offset],
    ]
    const end = record([[4, 0x0605_4b50], [4, 0], ...counts, ...place, [2, 0]])
    return new Blob([...this.#parts, ...this.#directory, end], { type: 'application/zip' })
  }
}

// What the head of a file and its entry in the directory both say.
function factsOf(path: Uint8Array, bytes: Uint8Array): Fields {
  const flags: Fields = [
    [2, kUtf8],
    [2, 0],
    [2, 0],
    [2, kDate],
  ]
  const size = bytes.length
  return [...flags, [4, crc32(bytes)], [4, size], [4, size], [2, path.length]]
}

function record(fields: Fields): Bytes {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}
