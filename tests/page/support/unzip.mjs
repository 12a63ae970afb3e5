// Reads a .zip file of stored files from its directory, and holds its checksums against zlib's.
import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'

const kEnd = 0x06054b50
const kEntry = 0x02014b50
const kHead = 0x04034b50

// The files by name.
export function unzip(bytes) {
  const end = bytes.length - 22
  assert.equal(bytes.readUInt32LE(end), kEnd, 'no end of a directory')
  const files = new Map()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    assert.equal(bytes.readUInt32LE(at), kEntry, 'no entry of a directory')
    const length = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + length)
    files.set(name, content(bytes, at, name))
    at += 46 + length
  }
  assert.equal(at, end, 'a directory of another length')
  return files
}

function content(bytes, entry, name) {
  const head = bytes.readUInt32LE(entry + 42)
  assert.equal(bytes.readUInt32LE(head), kHead, `no file ${name}`)
  const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
  const found = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20))
  assert.equal(crc32(found), bytes.readUInt32LE(entry + 16), `the checksum of ${name}`)
  return found
}
