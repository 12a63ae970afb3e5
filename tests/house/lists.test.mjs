// House rules about what is kept in several places: error codes and their reasons, bounds, and
// generated files.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { boundIn, kBounds } from './rules/bounds.mjs'
import { filesWith, findings, root } from './rules/files.mjs'
import { generatedFiles, generatedMarks, staleness } from './rules/generated.mjs'
import { reasonsOfDocs, reasonsOfSources } from './rules/error-reasons.mjs'
import { codesOfDocs, codesOfHeader, codesOfTypeScript, differences } from './rules/error-codes.mjs'

const read = (path) => readFileSync(join(root, path), 'utf8')
const header = codesOfHeader(read('src/base/error.h'))

test('codes are read from C++, from the docs and from TypeScript', () => {
  assert.deepEqual(codesOfHeader('enum class Code {\n  not_null,\n  io,\n};\n'), ['NOT_NULL', 'IO'])
  assert.deepEqual(codesOfDocs('# Errors\n\n### NOT_NULL\n\nText.\n\n### IO\n'), ['NOT_NULL', 'IO'])
  const union = "export type ErrorCode =\n  | 'NOT_NULL'\n  | 'IO'\n\nexport const a = 'B'\n"
  assert.deepEqual(codesOfTypeScript(union), ['NOT_NULL', 'IO'])
  assert.deepEqual(codesOfTypeScript("type ErrorCode = 'A' | 'B'\nconst c = 'C'\n"), ['A', 'B'])
  assert.equal(codesOfTypeScript('type Other = 1\n'), null)
})

test('lists that differ are found, each difference by name', () => {
  assert.deepEqual(differences(['A', 'C', 'C'], ['A', 'B']), [
    'B is missing',
    'C is not a code',
    'C is not a code',
    'C is there twice',
  ])
})

test('bounds are read from C++ and from TypeScript', () => {
  assert.equal(boundIn("constexpr std::int64_t kMaxSide = 16'384;\n", 'kMaxSide'), 16_384)
  assert.equal(boundIn('const kMost = 25 * 1_024\n', 'kMost'), 25_600)
  assert.ok(Number.isNaN(boundIn('const kMaximum = 25\n', 'kMax')))
})

test('bounds are the same on both sides of the bridge', () => {
  for (const { meaning, names } of kBounds) {
    const values = Object.entries(names).map(([path, name]) => boundIn(read(path), name))
    assert.ok(values[0] > 0, `${meaning} was not read`)
    assert.deepEqual(new Set(values).size, 1, `${meaning}: ${values.join(', ')}`)
  }
})

test('the version that the package says of itself is that of its package.json', () => {
  const { version } = JSON.parse(read('web/package/package.json'))
  assert.match(
    read('web/package/src/version.ts'),
    new RegExp(`^export const kVersion = '${version}'$`, 'm'),
  )
})

test('docs/errors.md explains exactly the codes of src/base/error.h', () => {
  assert.ok(header.length > 20, 'the enum was not read')
  assert.deepEqual(differences(codesOfDocs(read('docs/errors.md')), header), [])
})

test("the package's ErrorCode has exactly the codes of src/base/error.h", () => {
  const sources = filesWith('.ts').filter(({ path }) => path.startsWith('web/package/src/'))
  if (sources.length === 0) return
  const lists = sources.map(({ text }) => codesOfTypeScript(text)).filter((codes) => codes?.length)
  assert.equal(lists.length, 1, 'one file of web/package/src declares type ErrorCode')
  assert.deepEqual(differences(lists[0], header), [])
})

test('reasons are read where they are assigned, passed on, or in a table of advice', () => {
  const taker =
    'void fail_it(int model, const char* reason, std::string message) { use(reason); }\n'
  const cpp =
    taker +
    'f.reason = "a_word";\nfail_it(m(1, 2), "passed_on", "No, not this.");\n' +
    'constexpr std::string_view kShort = "constant";\nfail_it(m, kShort, "x");\n// reason = "no"\n'
  const table = 'struct Advice { const char* reason; };\nreturn {Code::io, "in_table", "Do it."};\n'
  const ts = "function refuse(message: string, reason = '') {}\nrefuse('It is.', 'other')\n"
  const files = [
    { path: 'a.cpp', text: cpp },
    { path: 'b.cpp', text: table },
  ]
  const words = reasonsOfSources([...files, { path: 'c.ts', text: ts }])
  assert.deepEqual(words, ['a_word', 'constant', 'in_table', 'other', 'passed_on'])
  const unread = taker + 'fail_it(1, made_up(), "x");\n'
  assert.deepEqual(reasonsOfSources([{ path: 'd.cpp', text: unread }]), ['? made_up()'])
})

test('reasons are read from the tables that are headed so', () => {
  const tables =
    '| code | x |\n|---|---|\n| `A` | `no` |\n\n| reason | x |\n|---|---|\n| `b`, `c` | `no` |\n'
  assert.deepEqual(reasonsOfDocs(tables), ['b', 'c'])
})

test('docs/errors.md and docs/undo.md list exactly the reasons that the sources give', () => {
  const rooms = /^(?:src|bindings|web\/package\/src)\//
  const sources = filesWith('.h', '.cpp', '.ts').filter(({ path }) => rooms.test(path))
  const given = reasonsOfSources(sources)
  assert.ok(given.length > 50, 'the sources were not read')
  const pages = read('docs/errors.md') + '\n' + read('docs/undo.md')
  assert.deepEqual(differences(reasonsOfDocs(pages), given, 'reason'), [])
})

test('a generated file without its mark, or outside of the table, is found', () => {
  const table = [{ path: 'a.ts', make: () => '' }]
  const mark = '// Generated by scripts/a.mjs from the registry. Do not edit.\n'
  assert.equal(generatedMarks('a.ts', 'export {}\n', table).length, 1)
  assert.equal(generatedMarks('b.ts', mark, table).length, 1)
  assert.deepEqual(generatedMarks('a.ts', mark, table), [])
  assert.deepEqual(generatedMarks('b.ts', 'export {}\n', table), [])
})

test('every generated file says so on line one and is in the table', () => {
  const files = filesWith('.ts', '.mjs', '.h', '.cpp', '.c', '.md', '.css')
  assert.deepEqual(findings(generatedMarks, files), [])
  const gone = generatedFiles.filter(({ path }) => !existsSync(join(root, path)))
  assert.deepEqual(gone, [])
})

test('a stale file is found, with the line from which it is', () => {
  assert.deepEqual(staleness('a\nb\n', 'a\nb\n'), [])
  assert.deepEqual(staleness('a\nb\n', 'a\nc\n'), ['is stale from line 2: run npm run generate'])
  assert.equal(staleness('a\n', 'a\nb\n').length, 1)
})

for (const { path, make } of generatedFiles) {
  test(`${path} is what its generator makes`, async () => {
    assert.deepEqual(staleness(read(path), await make()), [])
  })
}
