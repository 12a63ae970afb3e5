// The order of functions in a module: what stands where, and that it still does the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderByLikeness } from '../../scripts/lib/alike.mjs'
import { readModule, withoutAlignments, writeModule } from '../../scripts/lib/wasm-module.mjs'

const section = (id, ...bytes) => [id, bytes.length, ...bytes]
const text = (word) => [word.length, ...Buffer.from(word)]
const body = (...code) => [code.length + 2, 0, ...code, 0x0b]
const constant = (value) => [0x41, value]

// Imports env.f; its own functions are 1: 10, 2: f() + 10, 3: what the table holds at its argument.
function module({ more = [], middle = [0x10, 0, 0x10, 1, 0x6a] } = {}) {
  const bodies = [body(...constant(10)), body(...middle), body(0x20, 0, 0x11, 0, 0)]
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 0, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f),
    ...section(2, 1, ...text('env'), ...text('f'), 0, 0),
    ...section(3, 3, 0, 0, 1),
    ...section(4, 1, 0x70, 0, 2),
    ...section(5, 1, 0, 1),
    ...section(7, 2, ...text('sum'), 0, 2, ...text('held'), 0, 3),
    ...section(9, 1, 0, ...constant(0), 0x0b, 2, 1, 2),
    ...section(10, 3, ...bodies.flat()),
    ...more,
  )
}

const bytesOf = (each) => [...readModule(each).functions.map(({ bytes }) => [...bytes])]

function run(bytes) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { f: () => 7 },
  })
  return [exports.sum(), exports.held(0), exports.held(1)]
}

for (const order of [
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
]) {
  test(`functions in the order ${order} do what they did`, () => {
    const moved = writeModule(readModule(module()), order)
    assert.deepEqual(run(module()), [17, 10, 17])
    assert.deepEqual(run(moved), [17, 10, 17])
    assert.equal(bytesOf(moved)[order.indexOf(0)].join(), bytesOf(module())[0].join())
  })
}

test('a call is found behind every kind of operand', () => {
  const operands = [
    [...constant(1), 0x1a],
    [0x42, 0xff, 0x10, 0x1a],
    [0x43, 0x10, 0x10, 0x10, 0x10, 0x1a],
    [0x44, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1a],
    [0x02, 0x40, ...constant(0), 0x0e, 1, 0, 0, 0x0b],
    [0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0xfc, 2, 0x1a],
  ]
  const middle = [...operands.flat(), 0x10, 0, 0x10, 1, 0x6a]
  const moved = writeModule(readModule(module({ middle })), [2, 0, 1])
  assert.deepEqual(run(moved), [17, 10, 17])
})

test('loads and stores promise nothing of alignment, and do what they did', () => {
  const kStore = 0x36
  const kLoad = 0x28
  const store = [...constant(8), ...constant(5), kStore]
  const load = [...constant(8), kLoad]
  const middle = (alignment) => [...store, alignment, 0, ...load, alignment, 0, 0x10, 1, 0x6a]
  const found = readModule(module({ middle: middle(2) }))
  const functions = found.functions.map(withoutAlignments)
  assert.deepEqual([...functions[1].bytes], body(...middle(0)).slice(1))
  assert.deepEqual(run(writeModule({ ...found, functions }, [2, 0, 1])), [15, 10, 15])
})

test('what may name functions and is not known is refused', () => {
  const names = section(0, ...text('name'), 0, 0)
  assert.throws(() => readModule(module({ more: names })), /section name may name functions/)
  assert.throws(() => readModule(module({ middle: [0xfd, 0, 0] })), /instruction 0xfd is not known/)
})

test('alike things come one after the other, from the shortest on', () => {
  const things = ['a short one', 'words of the first kind, one', 'another 0123456789 thing',
    'words of the first kind, another', '0123456789 and more, much more'] // prettier-ignore
  const order = orderByLikeness(things.map((thing) => Buffer.from(thing)))
  assert.equal(order[0], 0)
  assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4])
  assert.equal(Math.abs(order.indexOf(1) - order.indexOf(3)), 1)
  assert.equal(Math.abs(order.indexOf(2) - order.indexOf(4)), 1)
})
