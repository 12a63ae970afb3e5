// Reading a ZIP that may have been made to do harm: its directory is read and checked first, and
// each file is unpacked when it is wanted, never to more than the directory says.
import type { Bytes } from '../pictures/source.js'
import { crc32 } from './crc32.js'
import { refuse } from './files.js'
import type { ArchiveFile } from './files.js'

const kEndBytes = 22
const kEntryBytes = 46
const kHeadBytes = 30
/** A comment may follow the end; nobody writes longer ones. */
const kTailBytes = kEndBytes + 65_535
const kStored = 0
const kDeflated = 8

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed_bytes: number
  readonly size_bytes: number
  /** Where its head begins, and where it must have ended. */
  readonly start: number
  end: number
}

const kDamaged = 'The ZIP is damaged, or no ZIP: pack it anew.'

async function viewOf(blob: Blob, start: number, end: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await blob.slice(start, end).arrayBuffer())
}

// Where the directory is; the end of a ZIP says so, and nothing may follow it but its comment.
async function directoryOf(zip: Blob): Promise<{ start: number; end: number; count: number }> {
  const from = Math.max(0, zip.size - kTailBytes)
  const tail = await viewOf(zip, from, zip.size)
  for (let at = tail.byteLength - kEndBytes; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x0605_4b50) continue
    if (at + kEndBytes + tail.getUint16(at + 20, true) !== tail.byteLength) continue
    const count = tail.getUint16(at + 10, true)
    const size = tail.getUint32(at + 12, true)
    const start = tail.getUint32(at + 16, true)
    if (count === 0xffff || size === 0xffff_ffff || start === 0xffff_ffff) {
      refuse('', 'The ZIP has 64-bit fields, for more than 65,534 files or 4 GB: pack less.')
    }
    const isWhole = tail.getUint32(at + 4, true) === 0 && tail.getUint16(at + 8, true) === count
    if (!isWhole || start + size !== from + at) refuse('', kDamaged)
    return { start, end: start + size, count }
  }
  return refuse('', kDamaged)
}

function nameAt(view: DataView<ArrayBuffer>, at: number, size: number): string {
  try {
    const bytes = new Uint8Array(view.buffer, at, size)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    return refuse('', 'A name in the ZIP is not UTF-8: pack it with a newer program.', cause)
  }
}

function entryAt(view: DataView<ArrayBuffer>, at: number): { entry: Entry; next: number } {
  const isEntry = at + kEntryBytes <= view.byteLength && view.getUint32(at, true) === 0x0201_4b50
  if (!isEntry) refuse('', kDamaged)
  const sizes = [28, 30, 32].map((field) => view.getUint16(at + field, true))
  const next = at + kEntryBytes + sizes[0] + sizes[1] + sizes[2]
  if (next > view.byteLength) refuse('', kDamaged)
  const name = nameAt(view, at + kEntryBytes, sizes[0])
  if (view.getUint16(at + 8, true) & 1) refuse(name, 'it is encrypted: pack it without a password.')
  // What Unix calls a symbolic link is a name of another file.
  if (((view.getUint32(at + 38, true) >>> 28) & 0xf) === 0xa) refuse(name, 'it is a link, no file.')
  const entry = {
    name,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed_bytes: view.getUint32(at + 20, true),
    size_bytes: view.getUint32(at + 24, true),
    start: view.getUint32(at + 42, true),
    end: 0,
  }
  return { entry, next }
}

function check({ name, method, packed_bytes, size_bytes, start, end }: Entry): void {
  if (method !== kStored && method !== kDeflated) {
    refuse(name, 'it is packed in a way that few programs know: pack the folder anew as .zip.')
  }
  if (method === kStored && packed_bytes !== size_bytes) refuse(name, kDamaged)
  // Files that overlap unpack to far more than there is.
  if (start + kHeadBytes + packed_bytes > end) refuse(name, kDamaged)
}

/** The files of a ZIP. Fails with IMPORT when it is none, or is not what it says. */
export async function readZip(zip: Blob): Promise<[string, ArchiveFile][]> {
  const directory = await directoryOf(zip)
  const view = await viewOf(zip, directory.start, directory.end)
  const entries: Entry[] = []
  let at = 0
  for (let left = directory.count; left > 0; left--) {
    const { entry, next } = entryAt(view, at)
    entries.push(entry)
    at = next
  }
  if (at !== view.byteLength) refuse('', kDamaged)
  let end = directory.start
  for (const entry of [...entries].sort((one, other) => other.start - one.start)) {
    entry.end = end
    end = entry.start
    check(entry)
  }
  const files = entries.filter(({ name, size_bytes }) => !(name.endsWith('/') && size_bytes === 0))
  return files.map((entry) => [entry.name, fileOf(zip, entry)])
}

function fileOf(zip: Blob, entry: Entry): ArchiveFile {
  return { size_bytes: entry.size_bytes, read: () => read(zip, entry) }
}

async function read(zip: Blob, entry: Entry): Promise<Bytes> {
  const { name, start, packed_bytes, end, size_bytes } = entry
  const head = await viewOf(zip, start, start + kHeadBytes)
  const isHead = head.byteLength === kHeadBytes && head.getUint32(0, true) === 0x0403_4b50
  if (!isHead) refuse(name, kDamaged)
  const at = start + kHeadBytes + head.getUint16(26, true) + head.getUint16(28, true)
  if (at + packed_bytes > end) refuse(name, kDamaged)
  const packed = zip.slice(at, at + packed_bytes)
  const bytes =
    entry.method === kStored
      ? new Uint8Array(await packed.arrayBuffer())
      : await unpack(name, packed, size_bytes)
  if (bytes.length === size_bytes && crc32(bytes) === entry.crc) return bytes
  return refuse(name, 'it is not what its checksum says: the ZIP is damaged.')
}

async function unpack(name: string, packed: Blob, size_bytes: number): Promise<Bytes> {
  const bytes = new Uint8Array(size_bytes)
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  let at = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return bytes.subarray(0, at)
      if (at + value.length > size_bytes) break
      bytes.set(value, at)
      at += value.length
    }
  } catch (cause) {
    return refuse(name, kDamaged, cause)
  }
  await reader.cancel().catch(() => undefined)
  return refuse(name, 'it unpacks to more than the ZIP says.')
}
