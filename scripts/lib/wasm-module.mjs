// A wasm module as its functions and the rest, so that the functions can change places.
import { Reader, leb, list, sized } from './wasm-bytes.mjs'
import { functionNumbers } from './wasm-instructions.mjs'

const kHeaderBytes = 8
// Of the sections that name functions, and of those that may.
const kId = {
  custom: 0,
  imports: 2,
  functions: 3,
  globals: 6,
  exports: 7,
  start: 8,
  elements: 9,
  code: 10,
}
const kFunction = 0
// Custom sections that say nothing about single functions.
const kHarmless = ['target_features', 'producers']

function readSections(bytes) {
  const reader = new Reader(bytes, kHeaderBytes)
  const sections = []
  while (reader.at < bytes.length) {
    const id = reader.byte()
    sections.push({ id, body: reader.take(reader.number()) })
  }
  return sections
}

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
    return { bytes, type: types.number(), calls: functionNumbers(inside, bytes.length) }
  })
}

function refuseNumbers(reader) {
  if (functionNumbers(reader).length > 0) throw new Error('an initial value names a function')
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

// Result: what writeModule takes. In `functions`, `bytes` is the body and `calls` the places in it
// that name functions; `imported` is how many numbers stand before those of `functions`. Fails with
// an Error when the module has what this reader does not know.
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

function moveExports(body, moved) {
  const reader = new Reader(body)
  const parts = reader.list(() => {
    const name = reader.take(reader.number())
    const kind = reader.byte()
    const number = reader.number()
    return Buffer.concat([sized(name), leb(kind), leb(kind === kFunction ? moved(number) : number)])
  })
  return list(parts)
}

// Only tables that are filled at the start, as C and C++ have them.
function moveElements(body, moved) {
  const reader = new Reader(body)
  const parts = reader.list(() => {
    const from = reader.at
    if (reader.number() !== 0) throw new Error('its list of functions is of another kind')
    refuseNumbers(reader)
    const where = body.subarray(from, reader.at)
    return Buffer.concat([where, list(reader.list(() => leb(moved(reader.number()))))])
  })
  return list(parts)
}

// The module with its functions in `order`, which lists positions in `functions`. Fails with an
// Error when the module has what this writer does not know.
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
  const parts = sections.map(({ id, body }) => [leb(id), sized(bodies[id]?.(body) ?? body)])
  return Buffer.concat([header, ...parts.flat()])
}
