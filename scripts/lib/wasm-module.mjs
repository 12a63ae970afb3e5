// A wasm module as its functions and the rest, so that the functions can change places.
import { Reader, leb, list, sized } from './wasm-bytes.mjs'
import { readInstructions } from './wasm-instructions.mjs'
import {
  kFunction,
  kHeaderBytes,
  kId,
  readExports,
  readSections,
  writeExports,
  writeSections,
} from './wasm-sections.mjs'

// Custom sections that say nothing about single functions.
const kHarmless = ['target_features', 'producers']

function limits(reader) {
  const hasMaximum = (reader.byte() & 1) === 1
  reader.skip(hasMaximum ? 2 : 1)
}

function countImportedFunctions(body) {
  const reader = new Reader(body)
  const name = () => reader.take(reader.number())
  const passType = [
    () => reader.skip(),
    () => {
      reader.byte()
      limits(reader)
    },
    () => limits(reader),
    () => reader.take(2),
    () => reader.skip(2),
  ]
  const kinds = reader.list(() => {
    name()
    name()
    const kind = reader.byte()
    passType[kind]()
    return kind
  })
  return kinds.filter((kind) => kind === kFunction).length
}

function readFunctions(code, typeNumbers) {
  const types = new Reader(typeNumbers)
  types.number()
  const reader = new Reader(code)
  return reader.list(() => {
    const bytes = reader.take(reader.number())
    const inside = new Reader(bytes)
    inside.list(() => inside.skip(2))
    const { functions: calls, alignments } = readInstructions(inside, bytes.length)
    return { bytes, type: types.number(), calls, alignments }
  })
}

function refuseNumbers(reader) {
  if (readInstructions(reader).functions.length > 0)
    throw new Error('an initial value names a function')
}

function refuseUnknown({ id, body }) {
  const reader = new Reader(body)
  if (id === kId.custom) {
    const name = String(Buffer.from(reader.take(reader.number())))
    if (!kHarmless.includes(name)) throw new Error(`its section ${name} may name functions`)
  }
  if (id === kId.globals) {
    reader.list(() => {
      reader.take(2)
      refuseNumbers(reader)
    })
  }
}

// Result: what writeModule takes. In `functions`, `bytes` is the body, `calls` the places in it
// that name functions, and `alignments` those of what is said of alignment; `imported` is how many
// numbers stand before those of `functions`. Fails with an Error when the module has what this
// reader does not know.
export function readModule(bytes) {
  const sections = readSections(bytes)
  sections.forEach(refuseUnknown)
  const body = (id) => sections.find((section) => section.id === id)?.body ?? Uint8Array.of(0)
  const functions = readFunctions(body(kId.code), body(kId.functions))
  const imported = countImportedFunctions(body(kId.imports))
  return { header: bytes.subarray(0, kHeaderBytes), sections, functions, imported }
}

function moveCalls({ bytes, calls }, moved) {
  const parts = []
  let done = 0
  for (const [from, to] of calls) {
    parts.push(bytes.subarray(done, from), leb(moved(new Reader(bytes, from).number())))
    done = to
  }
  return Buffer.concat([...parts, bytes.subarray(done)])
}

// The function with nothing promised of how its loads and stores are aligned. That is a hint, of
// which no engine makes use: without it instructions of one kind begin with the same two bytes.
export function withoutAlignments(each) {
  const bytes = Uint8Array.from(each.bytes)
  for (const at of each.alignments) bytes[at] = 0
  return { ...each, bytes }
}

function moveExports(body, moved) {
  const exports = readExports(body).map(({ name, kind, number }) => {
    return { name, kind, number: kind === kFunction ? moved(number) : number }
  })
  return writeExports(exports)
}

// Only tables that are filled at the start, as C and C++ have them.
function readElements(body) {
  const reader = new Reader(body)
  return reader.list(() => {
    const from = reader.at
    if (reader.number() !== 0) throw new Error('its list of functions is of another kind')
    refuseNumbers(reader)
    const where = body.subarray(from, reader.at)
    return { where, numbers: reader.list(() => reader.number()) }
  })
}

function moveElements(body, moved) {
  const parts = readElements(body).map(({ where, numbers }) =>
    Buffer.concat([where, list(numbers.map((number) => leb(moved(number))))]),
  )
  return list(parts)
}

// The numbers by which a module's exports, its tables and its start name functions.
function namedOutside(sections) {
  const read = {
    [kId.exports]: (body) =>
      readExports(body).flatMap(({ kind, number }) => (kind === kFunction ? [number] : [])),
    [kId.elements]: (body) => readElements(body).flatMap(({ numbers }) => numbers),
    [kId.start]: (body) => [new Reader(body).number()],
  }
  return sections.flatMap(({ id, body }) => read[id]?.(body) ?? [])
}

// Which of the module's functions can be called at all: positions in `functions`, in order.
export function liveFunctions({ sections, functions, imported }) {
  const live = new Set()
  const waiting = namedOutside(sections)
  while (waiting.length > 0) {
    const position = waiting.pop() - imported
    if (position < 0 || live.has(position)) continue
    live.add(position)
    const { bytes, calls } = functions[position]
    for (const [from] of calls) waiting.push(new Reader(bytes, from).number())
  }
  return [...functions.keys()].filter((position) => live.has(position))
}

// The module with its functions in `order`, which lists positions in `functions`: at least those of
// liveFunctions(). Fails with an Error when the module has what this writer does not know.
export function writeModule({ header, sections, functions, imported }, order) {
  const place = new Array(order.length)
  order.forEach((position, index) => (place[position] = imported + index))
  const moved = (number) => (number < imported ? number : place[number - imported])
  const inOrder = order.map((position) => functions[position])
  const bodies = {
    [kId.functions]: () => list(inOrder.map(({ type }) => leb(type))),
    [kId.code]: () => list(inOrder.map((each) => sized(moveCalls(each, moved)))),
    [kId.exports]: (body) => moveExports(body, moved),
    [kId.elements]: (body) => moveElements(body, moved),
    [kId.start]: (body) => leb(moved(new Reader(body).number())),
  }
  const written = sections.map(({ id, body }) => ({ id, body: bodies[id]?.(body) ?? body }))
  return writeSections(header, written)
}
