// The SQL functions that sql.js adds, over values of every kind, on both.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inBoth, ours } from './support/both.mjs'

const kCloseEnough = 1e-12
const operands = [
  ...['null', '0', '1', '-1', '2', '0.5', '-2.5', '1e300', "'abc'", "'2'", "'3x'", "x'31'"],
  ...['-0.0', '1e19', '7', '123456789'],
]
const ofOne = [
  ...['acos', 'asin', 'atan', 'acosh', 'asinh', 'atanh', 'degrees', 'radians', 'cos', 'sin', 'tan'],
  ...['cot', 'cosh', 'sinh', 'tanh', 'coth', 'exp', 'log', 'log10', 'sign', 'sqrt', 'square'],
  ...['ceil', 'floor', 'reverse', 'proper', 'trim', 'ltrim', 'rtrim'],
]
const pairs = [
  ...["'abc', 2", "'éàü', 2", "'', 3", 'null, 1', '123, 2', "'ab', 9", "x'6162', 1", "'a', '3'"],
  ...["'ab', -1", "'abcba', 'ab'", "'a😀b', '😀'", "'Robert', 'Rupert'", "'', 'ello'", "'é', 'e'"],
  ...["'1', 2", '2, -1', '-8, 0.3333', "'b', 'abc'", "'', ''"],
]
const ofTwo = [
  ...['atan2', 'atn2', 'power', 'charindex', 'leftstr', 'padl', 'padr', 'padc', 'strfilter'],
  ...['difference', 'trim', 'ltrim', 'rtrim'],
]

// Other compilers round the last bits of a sine in another way.
function close(one, other) {
  if (typeof one !== 'number' || typeof other !== 'number') return Object.is(one, other)
  return one === other || Math.abs(one - other) <= kCloseEnough * Math.abs(other)
}

function assertSame(expression) {
  const { ours: mine, theirs } = inBoth((db) => {
    const [{ values }] = db.exec(`select ${expression}, typeof(${expression})`)
    return values[0]
  })
  const isSame = mine.gave
    ? theirs.gave !== undefined && mine.gave.every((value, i) => close(value, theirs.gave[i]))
    : mine.threw.error === theirs.threw?.error
  assert.ok(isSame, `${expression}: ${JSON.stringify({ mine, theirs })}`)
}

for (const name of ofOne) {
  test(`${name}() answers as in sql.js`, () => {
    for (const operand of operands) assertSame(`${name}(${operand})`)
  })
}

for (const name of ofTwo) {
  test(`${name}() answers as in sql.js for two`, () => {
    for (const pair of pairs) assertSame(`${name}(${pair})`)
  })
}

test('replicate, rightstr, charindex, replace and pi answer as in sql.js', () => {
  for (const expression of [
    ...["replicate('é', 2)", "replicate('ab', -1)", 'replicate(5, 2)', "replicate('', 5)"],
    ...["replicate('ab', 1000000000)", "rightstr('éàü', 2)", "rightstr('abc', 9)", 'pi()'],
    ...["charindex('a', 'aéa', 2)", "charindex('a', 'aa', -5)", "charindex('bc', 'abcbc', 3)"],
    ...["charindex('a', 'a', 99)", "replace('banana', 'an', 'x')", "replace('a', '', 'x')"],
  ]) {
    assertSame(expression)
  }
})

const lists = [
  ...[
    '(1)',
    '(1),(2)',
    '(1),(2),(2)',
    '(1),(1),(2),(2)',
    '(4),(2),(3),(1)',
    '(1.5),(2.5)',
    '(null)',
  ],
  ...['(1),(null),(3)', "('a'),('b')", "('1'),('2'),('2')", '(1),(2.5),(2.5)', '(2.5),(1),(2)'],
  ...[
    "(x'31'),(x'32')",
    '(9),(8),(7),(6),(5),(4),(3),(2),(1),(0)',
    '(10),(20),(20),(30),(30),(40)',
  ],
  ...['(-1),(-5),(3)', '(0.0),(-0.0),(1.0)', '(1.1),(1.1),(3)'],
]
for (const name of ['stdev', 'variance', 'mode', 'median', 'lower_quartile', 'upper_quartile']) {
  test(`${name}() answers as in sql.js`, () => {
    for (const list of lists) assertSame(`(select ${name}(column1) from (values ${list}))`)
    assertSame(`(select ${name}(1) where 0)`)
  })
}

test('SQLite keeps its own functions when a program says so', async () => {
  const { startSqlJs } = await import('./support/start.mjs')
  const { Database } = await startSqlJs({ useOldExtensionFunctions: false })
  const plain = new Database()
  const extended = new ours.Database()
  const ask = (db) => db.exec('select log(100), typeof(ceil(4.1))')[0].values[0]
  assert.deepEqual(ask(plain), [2, 'real'])
  assert.deepEqual(ask(extended), [Math.log(100), 'integer'])
  plain.close()
  extended.close()
})
