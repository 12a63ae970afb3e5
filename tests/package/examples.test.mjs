// What the docs show is run: the examples of every exported function, the programs of the pages and
// of the READMEs. `// text` behind a line, or below it, is what it gives or prints.
import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { pathToFileURL } from 'node:url'
import { consumer, installed, root } from './support/installed.mjs'
import { encoded } from './support/pictures.mjs'
import { openShop } from './support/shop.mjs'

let programs = 0

// Runs a program in which `db` is a shop; gives what it printed, a line for each call.
async function printed(t, code, db, { entry = 'vitrine/sync', photo, picture } = {}) {
  const folder = join(consumer, `examples-${process.pid}`)
  await mkdir(folder, { recursive: true })
  const imports = [...code.matchAll(/^import .*$/gm)].map(([line]) => line)
  const known = [entry, 'vitrine/csv', 'vitrine/json', 'vitrine/archive'].map(
    (name, index) => `import * as entry${index} from '${name}'`,
  )
  const body = code.replace(/^import .*$/gm, '')
  const names = `{ importCsv, exportCsv, importJson, exportJson, importArchive, exportArchive,
    exportFolder, openCatalog }`
  const lines = [
    ...(imports.length > 0
      ? imports
      : [...known, `const ${names} = { ...entry0, ...entry1, ...entry2, ...entry3 }`]),
    // A block of its own, for programs that open a catalog themselves and call it db.
    `export default async (db, console, file, picture) => {\n{\n${body}\n}\n}`,
  ]
  const file = join(folder, `${programs++}.mjs`)
  await writeFile(file, lines.join('\n'))
  const output = []
  const log = (...values) => {
    output.push(
      values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '),
    )
  }
  const { default: run } = await import(pathToFileURL(file).href)
  await run(db, { log }, photo, picture)
  return output
}

// A shop in which examples about pictures find some: a photo, ready to be attached to any product.
async function openPictureShop(t) {
  const shop = await openShop(t)
  const file = new Blob([await encoded('jpeg', 200, 100)])
  const picture = await shop.product.attachment('image').prepare(file)
  shop.product.attachment('image').attach(1, picture)
  for (const alt of ['one', 'other']) shop.product.attachment('photos').attach(1, picture, { alt })
  return { shop, file, picture }
}

// The comments that say what a console.log prints.
const promised = (code) =>
  [...code.matchAll(/console\.log\(.*\)\s*\/\/ (.*)$/gm)].map(([, text]) => text)

// The example of each documented function of the declarations in `text`.
function examplesOf(text) {
  const comments = [...text.matchAll(/\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*([^\n]*)/g)]
  return comments.flatMap(([, comment, declaration]) => {
    const [, example] = comment.split('@example')
    if (example === undefined) return []
    const code = example.replace(/^ *\* ?/gm, '').trim()
    return [{ code, declaration: declaration.trim() }]
  })
}

const kDeclarations = [
  ...['index.d.ts', 'sync.d.ts', 'csv.d.ts', 'json.d.ts', 'archive.d.ts'],
  ...['types/catalog.d.ts', 'types/pictures.d.ts', 'types/live.d.ts'],
]

test('the example of every function runs, and gives what it says', async (t) => {
  for (const name of kDeclarations) {
    const text = await readFile(join(installed, 'dist', name), 'utf8')
    for (const { code } of examplesOf(text)) {
      const { shop, file, picture } = await openPictureShop(t)
      const lines = code.split('\n')
      const [, call, gives] = /^(.*?)\s*(?:\/\/ (.*))?$/.exec(lines.at(-1))
      const isValue = gives !== undefined && !gives.includes('…')
      if (isValue) lines[lines.length - 1] = `console.log(${call})`
      const entry = name === 'index.d.ts' ? 'vitrine' : 'vitrine/sync'
      const output = await printed(t, lines.join('\n'), shop, { entry, photo: file, picture })
      if (isValue) assert.deepEqual(output.slice(-1), [gives], code)
    }
  }
})

test('every exported function and every call has an example', async () => {
  for (const name of kDeclarations) {
    const text = await readFile(join(installed, 'dist', name), 'utf8')
    const shown = examplesOf(text).map(({ declaration }) => /(\w+)\??\s*[<(:]/.exec(declaration)[1])
    const functions = [...text.matchAll(/^export declare function (\w+)/gm)].map(([, one]) => one)
    const calls = [...text.matchAll(/^ {4}(\w+)(?:<(?!.*=>).*)?\(/gm)].map(([, one]) => one)
    for (const one of [...functions, ...calls]) {
      if (one !== 'dispose') assert.ok(shown.includes(one), `${name}: ${one} has no example`)
    }
  }
})

const blocksOf = (text, language) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, code]) => code,
  )

const kPages = ['queries', 'writes', 'pictures', 'live', 'undo', 'tabs'].map(
  (name) => `docs/${name}.md`,
)

for (const page of [...kPages, 'README.md', 'web/package/README.md']) {
  test(`the programs of ${page} run, and print what they say`, async (t) => {
    const text = await readFile(join(root, page), 'utf8')
    const db = await openShop(t)
    const photo = new Blob([await encoded('jpeg', 200, 100)])
    const blocks = blocksOf(text, 'js')
    assert.ok(blocks.length > 0)
    for (const code of blocks) {
      const output = await printed(t, code, db, { photo })
      const below = code.replace(/\)\n(\/\/ .*)$/gm, ') $1')
      assert.deepEqual(output.slice(0, promised(below).length), promised(below), code)
    }
    const [, expected] = /^```js\n[^]*?^```\n\n```\n([^]*?)^```$/m.exec(text) ?? []
    const [first] = blocks
    if (page === 'README.md') {
      assert.deepEqual(await printed(t, first, db), expected.trimEnd().split('\n'))
    }
  })
}

test('the pages about the package are there', async () => {
  const pages = await readdir(join(root, 'docs'))
  for (const page of ['queries.md', 'writes.md', 'pictures.md', 'errors.md', 'types.md']) {
    assert.ok(pages.includes(page), page)
  }
})
