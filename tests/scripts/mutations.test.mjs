// The mistakes that `npm run mutants` makes: where it finds them, and where it must not.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mutated, mutationsOf, shuffled } from '../../scripts/lib/mutations.mjs'

const after = (text) => mutationsOf(text).map((mutation) => mutation.after.trim())

test('each kind of mistake is found', () => {
  assert.deepEqual(after('  if (ready) return;'), ['if (!(ready)) return;'])
  assert.deepEqual(after('  x = a == b;'), ['x = a != b;'])
  assert.deepEqual(after('  while (i < n) {'), ['while (i <= n) {'])
  assert.deepEqual(after('  x = a && b;'), ['x = a || b;'])
  assert.deepEqual(after('  x = n - 1;'), ['x = n - 2;'])
  assert.deepEqual(after('  done_ = true;'), ['done_ = false;'])
  assert.deepEqual(after('  list.clear();'), [';'])
})

test('nothing is found in comments, texts and declarations', () => {
  assert.deepEqual(after('  // if (a == b) return;'), [])
  assert.deepEqual(after('  text = " == ";'), [])
  assert.deepEqual(after('constexpr int kMost = 4 + 1;'), [])
  assert.deepEqual(after('  const int x = 1;  // a == b'), [])
  assert.deepEqual(after('  fail(Code::state,'), [])
})

test('texts within what is changed stay', () => {
  assert.deepEqual(after('  if (name == "id") return;'), [
    'if (!(name == "id")) return;',
    'if (name != "id") return;',
  ])
})

test('a mutation is made on its line, and only on the text it is of', () => {
  const text = 'a\n  x = a == b;\nc'
  const [mutation] = mutationsOf(text)
  assert.equal(mutated(text, mutation), 'a\n  x = a != b;\nc')
  assert.throws(() => mutated('other\ntext', mutation), /line 2/)
})

test('a seed decides the order', () => {
  const items = [...Array(20).keys()]
  assert.deepEqual(shuffled(items, 7), shuffled(items, 7))
  assert.notDeepEqual(shuffled(items, 7), shuffled(items, 8))
  assert.deepEqual(
    [...shuffled(items, 7)].sort((a, b) => a - b),
    items,
  )
})
