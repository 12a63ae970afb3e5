// House rules about who may look into whom. docs/architecture.md draws the same arrows.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { filesWith, findings } from './rules/files.mjs'
import { cppArrows, importArrows, includeArrows, pageArrows } from './rules/arrows.mjs'
import { importCircles } from './rules/circles.mjs'

const cpp = filesWith('.h', '.cpp', '.c')
const scripts = filesWith('.ts', '.mjs')

test('an include against the arrows is found', () => {
  for (const [path, include] of [
    ['src/base/error.cpp', '"sqlite/connection.h"'],
    ['src/sqlite/statement.cpp', '"orm/schema/column.h"'],
    ['src/orm/query/plan.cpp', '"orm/session/record.h"'],
    ['src/orm/query/plan.cpp', '"sqlite/connection.h"'],
    ['src/image/sniff.cpp', '"catalog/models.h"'],
    ['src/orm/session/flush.cpp', '<sqlite3.h>'],
    ['src/catalog/models.cpp', '<emscripten/bind.h>'],
    ['src/base/text.cpp', '"doctest/doctest.h"'],
    ['src/base/text.cpp', '"../sqlite/connection.h"'],
    ['src/base/memory.c', '"sqlite/row_cells.h"'],
    ['src/image/sizes.c', '<emscripten/em_math.h>'],
    ['src/pantry/jam.cpp', '<string>'],
  ]) {
    assert.equal(includeArrows(path, `#include ${include}\n`).length, 1, `${path} ${include}`)
  }
})

test('an include along the arrows is let be', () => {
  for (const [path, include] of [
    ['src/sqlite/connection.cpp', '<sqlite3.h>'],
    ['src/orm/session/flush.cpp', '"sqlite/savepoint.h"'],
    ['src/base/text.cpp', '"base/text.h"'],
    ['bindings/module.cpp', '<emscripten/bind.h>'],
    ['tests/native/base/text_test.cpp', '<doctest/doctest.h>'],
  ]) {
    assert.deepEqual(includeArrows(path, `#include ${include}\n`), [], `${path} ${include}`)
  }
})

test('a room only looks down: no two rooms may include each other', () => {
  const allowed = (from, to) => (cppArrows[from] ?? []).includes(to.replace('src/', ''))
  const rooms = Object.keys(cppArrows)
  const mutual = rooms.flatMap((a) => rooms.filter((b) => allowed(a, b) && allowed(b, a)))
  assert.deepEqual(mutual, [])
})

test('every include follows the arrows', () => {
  assert.deepEqual(findings(includeArrows, cpp), [])
})

test('an import against the arrows is found', () => {
  for (const [path, name] of [
    ['web/demo/src/store.ts', '../../package/src/index'],
    ['web/demo/src/store.ts', 'vitrine/dist/glue'],
    ['web/demo/src/catalog/shop.ts', '../state/route'],
    ['web/demo/src/state/store.ts', '../views/view'],
    ['web/package/src/open.ts', 'lit'],
    ['web/package/src/open.ts', '../../demo/src/store'],
    ['tests/package/crud.test.mjs', '../../web/package/src/index.ts'],
  ]) {
    assert.equal(importArrows(path, `import { a } from '${name}'\n`).length, 1, `${path} ${name}`)
    assert.equal(importArrows(path, `const a = await import('${name}')\n`).length, 1, name)
  }
})

test('every folder of the page is in the table', () => {
  const folders = scripts.flatMap(({ path }) => /^web\/demo\/src\/[^/]+(?=\/)/.exec(path) ?? [])
  assert.deepEqual([...new Set(folders)], Object.keys(pageArrows))
})

test('an import along the arrows is let be', () => {
  for (const [path, name] of [
    ['web/demo/src/store.ts', 'vitrine/sync'],
    ['web/demo/src/store.ts', 'vitrine/archive'],
    ['web/demo/src/views/card.ts', '../state/store'],
    ['web/demo/src/views/card.ts', '../catalog/rows'],
    ['web/demo/src/state/store.ts', './core'],
    ['web/demo/src/main.ts', './views/vitrine-app'],
    ['web/demo/src/store.ts', 'lit/directives/repeat.js'],
    ['web/demo/vite.config.ts', 'vite'],
    ['web/package/src/open.ts', 'node:fs'],
    ['tests/package/crud.test.mjs', 'vitrine/sync'],
  ]) {
    assert.deepEqual(importArrows(path, `import { a } from '${name}'\n`), [], `${path} ${name}`)
  }
})

test('every import follows the arrows', () => {
  assert.deepEqual(findings(importArrows, scripts), [])
})

// The circles in files, given as { path: text }.
function circlesIn(texts) {
  return importCircles(Object.entries(texts).map(([path, text]) => ({ path, text })))
}

test('a circle of imports is found, of types and in Node too', () => {
  const [a, b, c] = ['web/a.ts', 'web/b/b.ts', 'web/b/c.ts']
  const toB = "import { b } from './b/b.js'\n"
  const toC = "export type { C } from './c'\n"
  const toA = "import type { A } from '../a.js'\n"
  assert.deepEqual(circlesIn({ [a]: toB, [b]: toC, [c]: toA }), [`${a} -> ${b} -> ${c} -> ${a}`])
  assert.deepEqual(circlesIn({ [a]: toB, [b]: toC + toA, [c]: '' }), [`${a} -> ${b} -> ${a}`])
  assert.equal(circlesIn({ [a]: toB, [b]: '', 'web/b/b.node.ts': toA }).length, 1)
  assert.equal(circlesIn({ 'a.mjs': "await import('./a.mjs')\n" }).length, 1)
})

test('two ways to one file are no circle', () => {
  const both = "import './b.mjs'\nimport './c.mjs'\n"
  assert.deepEqual(circlesIn({ 'a.mjs': both, 'b.mjs': "import './c.mjs'\n", 'c.mjs': '' }), [])
})

test('no file imports itself in a circle', () => {
  assert.deepEqual(importCircles(scripts), [])
})
