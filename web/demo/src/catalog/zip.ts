// Zip: files in one, as every system can open them, by PKWARE's APPNOTE 6.3. Stored as they are:
// pictures are packed already, and the rest is small. It knows no catalog.

// Beyond either the format needs its 64-bit fields, which some systems cannot read.
const kMostFiles = 65_535
const kMostBytes = 0xffff_ffff

// Names are UTF-8.
const kUtf8 = 0x0800
const kVersion = 20
// The first of January 1980: the same shop gives the same bytes, whenever it is packed.
const kDate = 0x0021

// Field by field: how many bytes it takes, and its value.
type Fields = readonly (readonly [2 | 4, number])[]

export class Zip {
  readonly #parts: BlobPart[] = []
  readonly #directory: BlobPart[] = []
  #count = 0
  #offset = 0
  #directorySize = 0

  // Adds a file. Fails when a .zip file cannot hold it beside the others.
  add(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    const path = new TextEncoder().encode(name)
    if (this.#count === kMostFiles || this.#offset + bytes.length > kMostBytes) {
      throw new Error('The shop is too large for a .zip file: download it as .sqlite instead.')
    }
    const facts = factsOf(path, bytes)
    const head = record([[4, 0x0403_4b50], [2, kVersion], ...facts, [2, 0]])
    this.#parts.push(head, path, new Blob([bytes]))
    const more: Fields = [...([2, 2, 2, 2] as const).map((size) => [size, 0] as const), [4, 0]]
    const entry = record([
      [4, 0x0201_4b50],
      [2, kVersion],
      [2, kVersion],
      ...facts,
      ...more,
      [4, this.#offset],
    ])
    this.#directory.push(entry, path)
    this.#directorySize += entry.length + path.length
    this.#offset += head.length + path.length + bytes.length
    this.#count += 1
  }

  // All of it as a file.
  blob(): Blob {
    const end = record([
      [4, 0x0605_4b50],
      [4, 0],
      [2, this.#count],
      [2, this.#count],
      [4, this.#directorySize],
      [4, this.#offset],
      [2, 0],
    ])
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

function record(fields: Fields): Uint8Array<ArrayBuffer> {
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

// The remainders of all bytes, by the polynomial of ISO 3309.
const kRemainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1
  return rest
})

function crc32(bytes: Uint8Array): number {
  let rest = 0xffff_ffff
  for (const byte of bytes) rest = (rest >>> 8) ^ (kRemainders[(rest ^ byte) & 0xff] ?? 0)
  return (rest ^ 0xffff_ffff) >>> 0
}
