// What docs/live.md shows for React, Vue, Svelte and Solid runs, with these libraries themselves.
import assert from 'node:assert/strict'
import { transform } from 'esbuild'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { consumer, openLater, root } from './support/installed.mjs'
import { openShop } from './support/shop.mjs'

const page = await readFile(join(root, 'docs', 'live.md'), 'utf8')
const settled = () => new Promise((resolve) => setImmediate(resolve))
// In Node, Solid is its half for servers, where nothing follows anything.
const kSolid = 'solid-js/dist/solid.js'

// The module that the page shows under a heading.
async function shown(heading) {
  const [, code] = page
    .slice(page.indexOf(`## ${heading}\n`))
    .match(/^```(?:jsx|javascript)\n([^]*?)^```$/m)
  const options = { loader: 'jsx', jsx: 'automatic' }
  const script = (await transform(code, options)).code.replace('"solid-js"', `"${kSolid}"`)
  return imported(heading, script)
}

// A module of the project that has the package installed.
async function imported(name, script) {
  const folder = join(consumer, `frameworks-${process.pid}`)
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${name}.mjs`)
  await writeFile(file, script)
  return import(pathToFileURL(file).href)
}

test('React shows the rows, and those of after a commit', async (t) => {
  const db = await openShop(t)
  const { Units } = await shown('React')
  const { createElement } = await import('react')
  const { act, create } = await import('react-test-renderer')
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  let renderings = 0
  const Counted = () => (renderings++, Units({ db }))
  let tree
  await act(() => (tree = create(createElement(Counted))))
  const names = () => tree.root.findAllByType('li').map(({ children }) => children.join(''))
  assert.deepEqual(names(), ['kilogram', 'pair'])
  await act(async () => {
    db.uom.create({ name: 'box' })
    await settled()
  })
  assert.deepEqual(names(), ['box', 'kilogram', 'pair'])
  const before = renderings
  await act(async () => {
    db.product.update(1, { description: 'new' })
    await settled()
  })
  assert.equal(renderings, before, 'other tables are none of its business')
  await act(() => tree.unmount())
  db.uom.create({ name: 'crate' })
  await settled()
  assert.equal(renderings, before)
})

// What shows a request of `model` live, within an error boundary that shows the code of an error.
async function boundedRows(model) {
  const { Component, createElement } = await import('react')
  const { useLive } = await imported('useLive', "export { useLive } from 'vitrine/react'")
  class Boundary extends Component {
    state = { code: null }
    static getDerivedStateFromError = ({ code }) => ({ code })
    render() {
      return this.state.code ?? this.props.children
    }
  }
  const Rows = ({ args }) => String(useLive(model, args)?.length)
  return (args) => createElement(Boundary, null, createElement(Rows, { args }))
}

test('React is told of a failure that comes after the first rows', async (t) => {
  const { act, create } = await import('react-test-renderer')
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  t.mock.method(console, 'error', () => undefined)
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  for (const db of [await openShop(t), later]) {
    const rows = await boundedRows(db.uom)
    let tree
    const until = async (shown) => {
      while (tree?.toJSON() !== shown) await act(settled)
    }
    await act(() => (tree = create(rows())))
    await until(String(await db.uom.count()))
    await db.sql`DROP TABLE uom`
    await db.category.create({ name: 'Hats', description: '' })
    await db.sql`CREATE TABLE uom (id INTEGER PRIMARY KEY)`
    await db.sql`INSERT INTO uom DEFAULT VALUES`
    await until('SQL')
    await act(() => tree.unmount())
  }
})

test('React is told of an undefined that comes into a request', async (t) => {
  const { act, create } = await import('react-test-renderer')
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  t.mock.method(console, 'error', () => undefined)
  const db = await openShop(t)
  const rows = await boundedRows(db.uom)
  for (const [name, code] of [
    [undefined, 'UNDEFINED_VALUE'],
    [() => 'pair', 'VALIDATION'],
  ]) {
    let tree
    await act(() => (tree = create(rows({ where: {} }))))
    assert.equal(tree.toJSON(), '2')
    await act(() => tree.update(rows({ where: { name } })))
    assert.equal(tree.toJSON(), code)
    await act(() => tree.unmount())
  }
})

test('Vue follows until its scope ends', async (t) => {
  const db = await openShop(t)
  const { useLive } = await shown('Vue')
  const { effectScope } = await import('vue')
  const scope = effectScope()
  const rows = scope.run(() => useLive(db.uom.live()))
  assert.equal(rows.value.length, 2)
  db.uom.create({ name: 'box' })
  await settled()
  assert.equal(rows.value.length, 3)
  scope.stop()
  db.uom.create({ name: 'crate' })
  await settled()
  assert.equal(rows.value.length, 3)
})

test('Svelte takes a live query as a store', async (t) => {
  const db = await openShop(t)
  const { namesOf } = await shown('Svelte')
  const seen = []
  const stop = namesOf(db.uom.live()).subscribe((names) => seen.push(names.join(' ')))
  db.uom.update(1, { name: 'two' })
  await settled()
  stop()
  db.uom.update(1, { name: 'three' })
  await settled()
  assert.deepEqual(seen, ['pair kilogram', 'two kilogram'])
})

test('Svelte takes one that answers later as well', async (t) => {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  await db.uom.create({ name: 'box' })
  const { namesOf } = await shown('Svelte')
  const seen = []
  await new Promise((resolve) => {
    namesOf(db.uom.live()).subscribe((names) => seen.push(names) === 2 && resolve())
  })
  assert.deepEqual(seen, [undefined, ['box']])
})

test('Solid follows within its root', async (t) => {
  const db = await openShop(t)
  const { useLive } = await shown('Solid')
  const { createRoot } = await import(kSolid)
  await createRoot(async (end) => {
    const rows = useLive(db.uom.live())
    assert.equal(rows().length, 2)
    db.uom.create({ name: 'box' })
    await settled()
    assert.equal(rows().length, 3)
    end()
    db.uom.create({ name: 'crate' })
    await settled()
    assert.equal(rows().length, 3)
  })
})
