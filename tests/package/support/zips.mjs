// ZIPs that are wrong in one way each, byte by byte.
import { deflateRawSync } from 'node:zlib'
import { crc32 } from './crc32.mjs'

// A file of a ZIP: what its head and its entry say of it.
export function member(name, content, changes = {}) {
  const bytes = Buffer.from(content)
  return {
    ...{ name: Buffer.from(name), flags: 0x0800, method: 0, crc: crc32(bytes) },
    ...{ packed: bytes, packed_bytes: bytes.length, size_bytes: bytes.length, mode: 0 },
    ...changes,
  }
}

// The same, deflated.
export function deflated(name, content, changes = {}) {
  const packed = deflateRawSync(Buffer.from(content))
  const facts = { method: 8, packed, packed_bytes: packed.length }
  return member(name, content, { ...facts, ...changes })
}

function fields(list) {
  return Buffer.concat(
    list.map(([size, value]) => {
      const bytes = Buffer.alloc(size)
      bytes.writeUIntLE(value, 0, size)
      return bytes
    }),
  )
}

const common = ({ flags, method, crc, packed_bytes, size_bytes, name }) => [
  ...[
    [2, 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, crc],
  ],
  ...[
    [4, packed_bytes],
    [4, size_bytes],
    [2, name.length],
    [2, 0],
  ],
]

// A ZIP of these members; `end` changes what its last record says.
export function zipOf(members, end = {}) {
  const parts = []
  const directory = []
  let at = 0
  for (const one of members) {
    const head = Buffer.concat([fields([[4, 0x04034b50], ...common(one)]), one.name, one.packed])
    const more = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, one.mode * 0x10000],
      [4, one.start ?? at],
    ]
    directory.push(fields([[4, 0x02014b50], [2, 20], ...common(one), ...more]), one.name)
    parts.push(head)
    at += head.length
  }
  const listed = Buffer.concat(directory)
  const said = { count: members.length, size: listed.length, start: at, comment: '', ...end }
  const counts = [
    [4, 0x06054b50],
    [4, 0],
    [2, said.count],
    [2, said.count],
  ]
  const last = fields([...counts, [4, said.size], [4, said.start], [2, said.comment.length]])
  return Buffer.concat([...parts, listed, last, Buffer.from(said.comment)])
}
