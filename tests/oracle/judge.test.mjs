// The judge itself: what it lets pass and what it must not.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { equal, judge } from './judge.mjs'

const flush = { op: 'flush' }
const scenario = (op, result, more = {}) => ({
  ops: [op],
  expect: { results: [result], tables: {} },
  ...more,
})
const verdict = (wanted, result, tables = {}) =>
  judge(wanted, { results: [result], tables }).verdict

test('numbers are equal up to rounding, and never to booleans', () => {
  assert.ok(equal(2.5, 2.5 + 1e-12))
  assert.ok(!equal(1, 2))
  assert.ok(!equal(1, true))
  assert.ok(!equal(0, null))
})

test('members may come in any order, items of a list may not', () => {
  assert.ok(equal({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }))
  assert.ok(!equal([1, 2], [2, 1]))
  assert.ok(!equal({ a: 1 }, { a: 1, b: 2 }))
  assert.ok(!equal({ a: 1, b: undefined }, { a: 1, c: undefined }))
})

test('an outcome that is there too often, too rarely or not at all differs', () => {
  const wanted = scenario(flush, { ok: null })
  assert.equal(judge(wanted, { results: [], tables: {} }).verdict, 'differs')
  assert.equal(judge(wanted, undefined).verdict, 'missing')
  assert.equal(judge(wanted, JSON.parse('{"skip": "not yet"}')).verdict, 'skipped')
  assert.equal(verdict(wanted, { ok: null }), 'equal')
})

test('an error must be of the same class, and name the same detail where one was recorded', () => {
  const wanted = scenario(flush, { error: 'unique', detail: 'category.name' })
  assert.equal(verdict(wanted, { error: 'unique', detail: 'category.name' }), 'equal')
  assert.equal(verdict(wanted, { error: 'unique', detail: 'category.id' }), 'differs')
  assert.equal(verdict(wanted, { error: 'check' }), 'differs')
  assert.equal(verdict(wanted, { ok: null }), 'differs')
  assert.equal(verdict(scenario(flush, { ok: null }), { error: 'unique' }), 'differs')
  const bare = scenario(flush, { error: 'busy' })
  assert.equal(verdict(bare, { error: 'busy', detail: 'anything' }), 'equal')
})

test('a difference where something better is recommended is a deviation', () => {
  const wanted = scenario(flush, { ok: 1 }, { recommend: 'Do better.' })
  assert.equal(verdict(wanted, { ok: 2 }), 'deviates')
  assert.equal(verdict(wanted, { ok: 1 }), 'equal')
})

test('more SELECTs than recorded differ, fewer do not', () => {
  const wanted = scenario({ op: 'count_selects', ops: [] }, { ok: { results: [], selects: 2 } })
  assert.equal(verdict(wanted, { ok: { results: [], selects: 1 } }), 'equal')
  assert.equal(verdict(wanted, { ok: { results: [], selects: 3 } }), 'differs')
})

test('outcomes inside of an operation are judged too, the order of writes is not', () => {
  const op = { op: 'trace', ops: [flush] }
  const wanted = scenario(op, { ok: { results: [{ ok: null }], rows_in_order: [] } })
  const ran = (outcome) => ({ ok: { results: [outcome], rows_in_order: [['INSERT', 'a', 1]] } })
  assert.equal(verdict(wanted, ran({ ok: null })), 'equal')
  assert.equal(verdict(wanted, ran({ error: 'check' })), 'differs')
})

test('advice is not judged: history, the sets of a session, the text of a first error', () => {
  assert.equal(verdict(scenario({ op: 'history' }, { ok: 1 }), { ok: 2 }), 'equal')
  const repeat = { op: 'repeat', ops: [] }
  const counts = (more) => ({ ok: { iterations: 2, errors: 1, ...more } })
  const wanted = scenario(repeat, counts({ first_error: 'a' }))
  assert.equal(verdict(wanted, counts({ first_error: 'b' })), 'equal')
  assert.equal(verdict(wanted, counts({ errors: 2 })), 'differs')
})

test('tables are compared, an absent one as empty', () => {
  const wanted = scenario(flush, { ok: null })
  wanted.expect.tables = { uom: [{ id: 1 }], product: [] }
  assert.equal(verdict(wanted, { ok: null }, { uom: [{ id: 1 }], category: [] }), 'equal')
  assert.equal(verdict(wanted, { ok: null }, { uom: [{ id: 2 }] }), 'differs')
  assert.equal(verdict(wanted, { ok: null }), 'differs')
})
