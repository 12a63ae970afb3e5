// What is done when the module is built, so that a start need not do it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preinitialize } from '../../scripts/lib/preinitialize.mjs'
import { signedLeb } from '../../scripts/lib/wasm-bytes.mjs'
import { pieces } from '../../scripts/lib/wasm-memory.mjs'
import { liveFunctions, readModule, writeModule } from '../../scripts/lib/wasm-module.mjs'

const section = (id, ...bytes) => [id, bytes.length, ...bytes]
const text = (word) => [word.length, ...Buffer.from(word)]
const body = (...code) => [code.length + 2, 0, ...code, 0x0b]
const constant = (value) => [0x41, ...signedLeb(value)]
const store = (at, value) => [...constant(at), ...constant(value), 0x36, 2, 0]

const kStack = 4096
const kWord = 1024
const kLeft = kStack - 8

// Imports env.f. Exports m, its memory, which begins with 5 at 1024; p, which calls `prepare` and
// leaves 9 on the stack; and r, which reads what is at an address.
function module({ prepare = store(kWord, 7), stack = constant(kStack) } = {}) {
  const bodies = [body(...prepare), body(0x10, 1, ...store(kLeft, 9)), body(0x20, 0, 0x28, 2, 0)]
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f),
    ...section(2, 1, ...text('env'), ...text('f'), 0, 0),
    ...section(3, 3, 0, 0, 1),
    ...section(5, 1, 0, 1),
    ...section(6, 1, 0x7f, 1, ...stack, 0x0b),
    ...section(7, 3, ...text('m'), 2, 0, ...text('p'), 0, 2, ...text('r'), 0, 3),
    ...section(12, 1),
    ...section(10, 3, ...bodies.flat()),
    ...section(11, 1, 0, ...constant(kWord), 0x0b, 1, 5),
  )
}

const kGlue =
  'before;var _vitrinePreinitialize=Module["_vitrinePreinitialize"]=function(){return(' +
  '_vitrinePreinitialize=Module["_vitrinePreinitialize"]=Module["asm"]["p"]).apply(null,' +
  'arguments)};after'

const begun = (wasm, glue = kGlue) => preinitialize({ wasm, glue, stack_bytes: 1024 })

function exportsOf(bytes) {
  const imports = { env: { f: () => {} } }
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports
}

test('a module begins with what its function left in memory, but for the stack', () => {
  const { wasm } = begun(module())
  assert.equal(exportsOf(module()).r(kWord), 5)
  assert.equal(exportsOf(wasm).r(kWord), 7)
  assert.equal(exportsOf(wasm).r(kLeft), 0)
})

test('neither the module nor its glue has the function any more, and its code can go', () => {
  const { wasm, glue } = begun(module())
  assert.deepEqual(Object.keys(exportsOf(wasm)), ['m', 'r'])
  assert.equal(glue, 'before;after')
  const read = readModule(wasm)
  assert.deepEqual(liveFunctions(readModule(module())), [0, 1, 2])
  assert.deepEqual(liveFunctions(read), [2])
  assert.equal(exportsOf(writeModule(read, [2])).r(kWord), 7)
})

test('a function that calls JavaScript, needs more memory or traps is refused', () => {
  const calls = module({ prepare: [0x10, 0] })
  assert.throws(() => begun(calls), /calls JavaScript \(the import "f"\)/)
  const grows = module({ prepare: [...constant(1), 0x40, 0, 0x1a] })
  assert.throws(() => begun(grows), /memory had to grow/)
  assert.throws(() => begun(module({ prepare: [0x00] })), WebAssembly.RuntimeError)
})

test('the glue of later versions of Emscripten is understood', () => {
  const name = '_vitrinePreinitialize'
  for (const glue of [
    `var ${name}=Module["${name}"]=()=>(${name}=Module["${name}"]=wasmExports["p"])();`,
    `function assignWasmExports(wasmExports){Module["${name}"]=${name}=wasmExports["p"];x=1}`,
  ]) {
    assert.deepEqual(Object.keys(exportsOf(begun(module(), glue).wasm)), ['m', 'r'])
  }
})

test('a glue or a module of another form is refused', () => {
  assert.throws(() => begun(module(), 'nothing'), /does not say how vitrinePreinitialize/)
  assert.throws(() => begun(module({ stack: [0x23, 0] })), Error)
})

test('memory is parted where there are many zeros, and no byte is lost', () => {
  const memory = new Uint8Array(1000)
  memory.set([1, 0, 0, 2], 10)
  memory.set([3], 500)
  memory.set([4], 999)
  const found = pieces(memory).map(([at, bytes]) => [at, ...bytes])
  assert.deepEqual(found, [[10, 1, 0, 0, 2], [500, 3], [999, 4]]) // prettier-ignore
  assert.deepEqual(pieces(new Uint8Array(10)), [])
})

for (const value of [0, 63, 64, 127, 128, 8191, 8192, 1_168_560, -1, -64, -65]) {
  test(`the number ${value} is written with its sign`, () => {
    const bytes = Uint8Array.of(
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, 1, 0x60, 0, 1, 0x7f),
      ...section(3, 1, 0),
      ...section(7, 1, ...text('f'), 0, 0),
      ...section(10, 1, ...body(...constant(value))),
    )
    assert.equal(exportsOf(bytes).f(), value)
  })
}
