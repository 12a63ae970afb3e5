// A file x.node.ts stands in for x.ts in Node, and types are checked of the one only: each offers
// what the other does.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesWith } from './rules/files.mjs'

const kExport = /^export (?:async )?(?:function|const|class) (\w+)/gm
const exported = (text) => [...text.matchAll(kExport)].map(([, name]) => name).sort()

test('what a file exports is found', () => {
  const text = 'export const a = 1\nexport async function b() {}\nconst c = 2\nexport type D = 3\n'
  assert.deepEqual(exported(text), ['a', 'b'])
})

test('a file for Node exports what the one for browsers does', () => {
  const files = new Map(filesWith('.ts').map(({ path, text }) => [path, exported(text)]))
  const forNode = [...files.keys()].filter((path) => path.endsWith('.node.ts'))
  const beside = (path) => path.replace('.node.ts', '.ts')
  const pairs = forNode.filter((path) => files.has(beside(path)))
  assert.ok(pairs.length >= 5, `only ${pairs.length} files were found`)
  for (const path of pairs) assert.deepEqual(files.get(path), files.get(beside(path)), path)
})
