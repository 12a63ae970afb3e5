// Where instructions name functions, or say how memory is aligned. It knows what clang and Binaryen
// write for our C and C++: no vectors, no threads, no collected types.
const kLoads = [0x28, 0x3e]
const kPlain = [0x45, 0xc4]

// How many numbers follow each instruction that has a fixed count of them.
const kNumbers = new Map([
  ...[0x00, 0x01, 0x05, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1].map((code) => [code, 0]),
  ...[0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x18].map((code) => [code, 1]),
  ...[0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0].map((c) => [c, 1]),
  ...[0x11, 0x13].map((code) => [code, 2]),
])
// As kNumbers, for the instructions behind the prefix: conversions that saturate, bulk memory.
const kPrefix = 0xfc
const kNumbersBehindPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1]
const kFunctions = new Set([0x10, 0x12, 0xd2]) // call, return_call, ref.func
const kBranchTable = 0x0e
const kTypedSelect = 0x1c
const kCatchKinds = 0x1f // try_table
const kFloat = 0x43
const kDouble = 0x44

const within = (code, [first, last]) => code >= first && code <= last

function catchClause(reader) {
  const takesTag = reader.byte() < 2
  reader.skip(takesTag ? 2 : 1)
}

function passOperands(reader, code) {
  if (within(code, kPlain)) return
  if (within(code, kLoads)) return reader.skip(2)
  if (kNumbers.has(code)) return reader.skip(kNumbers.get(code))
  if (code === kFloat) return reader.take(4)
  if (code === kDouble) return reader.take(8)
  if (code === kBranchTable) return reader.skip(reader.number() + 1)
  if (code === kTypedSelect) return reader.skip(reader.number())
  if (code === kCatchKinds) {
    reader.skip()
    return reader.list(() => catchClause(reader))
  }
  const prefixed = code === kPrefix ? kNumbersBehindPrefix[reader.number()] : undefined
  if (prefixed === undefined) throw new Error(`instruction 0x${code.toString(16)} is not known`)
  reader.skip(prefixed)
}

// What the instructions from the reader's place on hold, up to `end`, or up to the end of the one
// expression that starts there when there is no `end`: the places [from, to) of the numbers of
// functions, and those of the bytes that say how loads and stores are aligned. Fails with an Error
// at an instruction that is not known.
export function readInstructions(reader, end) {
  const kEnd = 0x0b
  const found = { functions: [], alignments: [] }
  for (let code; end === undefined ? code !== kEnd : reader.at < end;) {
    code = reader.byte()
    const from = reader.at
    if (within(code, kLoads)) found.alignments.push(from)
    if (kFunctions.has(code)) {
      reader.skip()
      found.functions.push([from, reader.at])
    } else {
      passOperands(reader, code)
    }
  }
  return found
}
