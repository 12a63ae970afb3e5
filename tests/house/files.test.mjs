// House rules about every file: its size, its opening, its marks. Each rule is first shown to see a
// bad sample, so that a rule which sees nothing cannot pass for one which finds nothing.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { filesWith, findings } from './rules/files.mjs'
import { kGeneratedMark } from './rules/generated.mjs'
import { fileLength, functionLengths, lineLengths } from './rules/sizes.mjs'
import { unevenRows } from './rules/tables.mjs'
import { leftOutTests, lockFileAddresses } from './rules/words.mjs'
import { brokenLinks, openingComment, unfinishedMarks } from './rules/words.mjs'

const code = filesWith('.h', '.cpp', '.c', '.ts', '.mjs')
const prose = filesWith('.md', '.css', '.html', '.cmake', '.sh', 'CMakeLists.txt')
const lines = (count, line = 'int a;') => `${line}\n`.repeat(count)

function holds(rule, files) {
  assert.deepEqual(findings(rule, files), [])
}

test('the tree has code to look at', () => {
  assert.ok(code.length > 20, `only ${code.length} files were found`)
})

test('a file over its ceiling is found', () => {
  assert.equal(fileLength('a.h', lines(400)).length, 0)
  assert.equal(fileLength('a.h', lines(401)).length, 1)
  assert.equal(fileLength('a.cpp', lines(501)).length, 1)
  assert.equal(fileLength('a.c', lines(501)).length, 1)
  assert.equal(fileLength('a.ts', lines(351)).length, 1)
  assert.equal(fileLength('README.md', lines(900)).length, 0)
})

// A generated file is as long as there are models.
test('no file is over its ceiling', () => {
  const written = [...code, ...prose].filter(({ text }) => !kGeneratedMark.test(text))
  holds(fileLength, written)
})

test('a line over 100 characters is found, counted in code points', () => {
  assert.deepEqual(lineLengths('a.h', `ok\n${'x'.repeat(101)}\n`), ['line 2 has 101 characters'])
  assert.deepEqual(lineLengths('a.h', '🍏'.repeat(100)), [])
})

test('no line of code is over 100 characters', () => {
  holds(lineLengths, [...code, ...filesWith('.css', '.cmake', 'CMakeLists.txt')])
})

test('a function over 60 lines is found, in C++ and in TypeScript', () => {
  const body = lines(60, '  f(");}{", \'}\');  // }')
  for (const [path, opening] of [
    ['a.cpp', 'int f(std::map<int, int> a) const noexcept {'],
    ['a.cpp', 'Thing::Thing(int a) : a_(a), b_(2) {'],
    ['a.c', 'static int f(sqlite3* handle, int on) {'],
    ['a.cpp', 'auto f = [&](int a) -> int {'],
    ['a.cpp', 'TEST_CASE("a thing holds") {'],
    ['a.ts', 'export function f(a: number): Map<string, number> {'],
    ['a.ts', 'const f = (a: number) => {'],
    ['a.ts', 'async load(): Promise<void> {'],
  ]) {
    assert.equal(functionLengths(path, `${opening}\n${body}}\n`).length, 1, opening)
    assert.equal(functionLengths(path, `${opening}\n${lines(58)}}\n`).length, 0, opening)
  }
})

test('what is no function may be longer than one', () => {
  for (const [path, opening] of [
    ['a.h', '#define F(x) \\\n  f(x)\n\nnamespace vitrine {'],
    ['a.h', 'template <typename T>\nclass A : public B<T> {'],
    ['a.cpp', 'for (int i = 0; i < 3; ++i) {'],
    ['a.cpp', 'else if (a) {'],
    ['a.ts', 'const table = f(a(), {'],
    ['a.mjs', "describe('a thing', () => {"],
  ]) {
    assert.deepEqual(functionLengths(path, `${opening}\n${lines(90)}}\n`), [], opening)
  }
})

test('no function is over 60 lines', () => holds(functionLengths, code))

test('a file without an opening comment is found', () => {
  assert.equal(openingComment('a.h', '#pragma once\n').length, 1)
  assert.equal(openingComment('a.c', '#include <math.h>\n').length, 1)
  assert.equal(openingComment('a.mjs', "import a from 'a'\n").length, 1)
  assert.equal(openingComment('a.css', ':root {}\n').length, 1)
  assert.equal(openingComment('a.mjs', '#!/usr/bin/env node\n// Does a thing.\n').length, 0)
})

test('every file opens with what it is for', () => holds(openingComment, [...code, ...prose]))

test('a mark of unfinished work is found', () => {
  const mark = 'TO' + 'DO'
  assert.deepEqual(unfinishedMarks('a.h', `// Fine.\n// ${mark}: more\n`).length, 1)
  assert.deepEqual(unfinishedMarks('a.h', '// A method of mastodons.\n'), [])
})

test('nothing is marked as unfinished', () => holds(unfinishedMarks, [...code, ...prose]))

test('a test that is switched off is found', () => {
  const off = ['test.' + "skip('a')", 'it.' + 'only(a)', 'TEST_CASE("a" * doctest::' + 'skip())']
  for (const line of [...off, 'test(a, { sk' + 'ip: true })', '// @ts-' + 'ignore']) {
    assert.equal(leftOutTests('a.mjs', line).length, 1, line)
  }
  assert.deepEqual(leftOutTests('a.mjs', 'rows.skip(3)'), [])
})

test('no test is switched off', () => {
  const tests = code.filter(({ path }) => path.startsWith('tests/'))
  assert.ok(tests.length > 5, `only ${tests.length} files of tests were found`)
  holds(leftOutTests, tests)
})

test("a registry's address in the lock file is found", () => {
  const lock = (resolved) => JSON.stringify({ packages: { 'node_modules/a': { resolved } } })
  assert.equal(lockFileAddresses('package-lock.json', lock('https://example.org/a.tgz')).length, 1)
  assert.equal(lockFileAddresses('package-lock.json', lock('web/package')).length, 0)
})

test('no lock file names a registry', () => {
  const files = filesWith('.json').filter(({ path }) => /(^|\/)package-lock\.json$/.test(path))
  const folders = files.map(({ path }) => path.split('/').slice(0, -1).join('/'))
  assert.deepEqual(folders, ['', 'tests/bench', 'tests/firefox', 'tests/sqljs'])
  holds(lockFileAddresses, files)
})

test('a link in Markdown that leads nowhere is found', () => {
  const exists = (file) => file === 'docs/a.md'
  const text = '[a](a.md#b) [b](../docs/a.md) [c](https://example.org) [d](#here)'
  assert.deepEqual(brokenLinks('docs/b.md', text, exists), [])
  assert.equal(brokenLinks('README.md', '[a](a.md)', exists).length, 1)
})

test('every link in Markdown leads to a file', () => holds(brokenLinks, filesWith('.md')))

test('a row of another table is found', () => {
  const table = (row) => `Words.\n\n| a | b |\n|---|---|\n${row}\n\nOthers | are no row.\n`
  assert.deepEqual(unevenRows('a.md', table('| `x|y` | 1 \\| 2 |')), [])
  assert.deepEqual(unevenRows('a.md', table('| 1 | 2 | 3 |')), [
    'line 5 has 3 cells, and its table 2',
  ])
  assert.equal(unevenRows('a.md', table('| 1 |')).length, 1)
})

test('each row of a table has the cells of its head', () => holds(unevenRows, filesWith('.md')))
