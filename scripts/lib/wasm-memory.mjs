// The memory that a wasm module begins with.
import { Reader, leb, list, signedLeb, sized } from './wasm-bytes.mjs'
import { kId } from './wasm-sections.mjs'

// So many zeros between two pieces of memory end the first: fewer cost a compressor less than
// the head of another piece.
const kZeros = 64
const kConstant = 0x41
// A number of 32 bits that changes, and how it begins.
const kStack = [0x7f, 1, kConstant]
const kEnd = 0x0b

// The address at which the stack begins, which grows down from it: LLVM makes the stack's pointer
// the first global. Fails with an Error where it is not.
export function stackBase(sections) {
  const globals = sections.find(({ id }) => id === kId.globals)?.body ?? Uint8Array.of(0)
  const reader = new Reader(globals)
  const isThere = reader.number() > 0 && String([...reader.take(3)]) === String(kStack)
  if (!isThere) throw new Error('the module has no stack')
  return reader.number()
}

// [[address, bytes]] of what is not zero.
export function pieces(memory) {
  const found = []
  let start = -1
  let last = -1
  for (let at = 0; at < memory.length; ++at) {
    if (memory[at] === 0) continue
    if (start >= 0 && at - last > kZeros) {
      found.push([start, memory.subarray(start, last + 1)])
      start = -1
    }
    if (start < 0) start = at
    last = at
  }
  return start < 0 ? found : [...found, [start, memory.subarray(start, last + 1)]]
}

// The sections of a module that begins with these pieces.
export function withMemory(sections, found) {
  const segments = found.map(([address, bytes]) =>
    Buffer.concat([
      Uint8Array.of(0, kConstant),
      signedLeb(address),
      Uint8Array.of(kEnd),
      sized(bytes),
    ]),
  )
  const bodies = { [kId.data]: list(segments), [kId.dataCount]: leb(segments.length) }
  return sections.map(({ id, body }) => ({ id, body: bodies[id] ?? body }))
}
