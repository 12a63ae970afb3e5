// A wasm module as its sections, whatever they hold.
import { Reader, leb, list, sized } from './wasm-bytes.mjs'

export const kHeaderBytes = 8

export const kId = {
  custom: 0,
  imports: 2,
  functions: 3,
  globals: 6,
  exports: 7,
  start: 8,
  elements: 9,
  code: 10,
  data: 11,
  dataCount: 12,
}
export const kFunction = 0

// [{ id, body }] in the order of the module.
export function readSections(bytes) {
  const reader = new Reader(bytes, kHeaderBytes)
  const sections = []
  while (reader.at < bytes.length) {
    const id = reader.byte()
    sections.push({ id, body: reader.take(reader.number()) })
  }
  return sections
}

export function writeSections(header, sections) {
  const parts = sections.map(({ id, body }) => [leb(id), sized(body)])
  return Buffer.concat([header, ...parts.flat()])
}

// [{ name, kind, number }] of the section of exports.
export function readExports(body) {
  const reader = new Reader(body)
  return reader.list(() => {
    const name = String(Buffer.from(reader.take(reader.number())))
    return { name, kind: reader.byte(), number: reader.number() }
  })
}

// The body of such a section.
export function writeExports(exports) {
  return list(
    exports.map(({ name, kind, number }) =>
      Buffer.concat([sized(Buffer.from(name)), leb(kind), leb(number)]),
    ),
  )
}
