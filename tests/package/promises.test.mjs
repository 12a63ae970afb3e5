// The entry `vitrine`: the calls of vitrine/sync with promises, transactions that keep others out,
// and what they refuse. In Node it runs in this thread, behind the messages of a worker.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  CatalogError,
  exportCsv,
  exportJson,
  importCsv,
  importJson,
  openLater,
} from './support/installed.mjs'
import { rejection } from './support/shop.mjs'

async function open(t) {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  return db
}

const boots = {
  name: 'Boots',
  description: 'For feet',
  products: { create: [{ name: 'Hiking boot', description: '' }] },
}
const withProducts = { include: { products: true } }

const failure = (code, reason) => (error) => {
  assert.ok(error instanceof CatalogError, String(error))
  assert.deepEqual([error.code, reason && error.reason], [code, reason])
  return true
}

test('rows come decoded, with their relations', async (t) => {
  const db = await open(t)
  const made = await db.category.create(boots, withProducts)
  assert.deepEqual(made, {
    ...{ id: 1, name: 'Boots', description: 'For feet' },
    products: [{ id: 1, name: 'Hiking boot', description: '', category_id: 1 }],
  })
  const [product] = await db.product.find({ include: { category: { select: ['name'] } } })
  assert.deepEqual(product.category, { name: 'Boots' })
  assert.equal(await db.product.first({ where: { name: 'none' } }), null)
  const asked = { groupBy: ['category.name'], values: { products: { count: true } } }
  assert.deepEqual(await db.product.aggregate(asked), [{ 'category.name': 'Boots', products: 1 }])
})

test('what a call refuses at once rejects its promise', async (t) => {
  const db = await open(t)
  const call = db.product.find({ were: {} })
  await assert.rejects(call, failure('VALIDATION'))
  await assert.rejects(db.uom.create({ name: undefined }), failure('UNDEFINED_VALUE'))
  await assert.rejects(db.product.get(7), failure('NOT_FOUND'))
  await assert.rejects(db.sql('SELECT 1'), failure('VALIDATION'))
  await assert.rejects(db.transaction('work'), failure('VALIDATION'))
})

test('iterate walks through more than one page, and a mistake ends it', async (t) => {
  const db = await open(t)
  await db.uom.createMany(Array.from({ length: 1200 }, (_, n) => ({ name: `unit ${n}` })))
  const ids = []
  for await (const { id } of db.uom.iterate({ select: ['id'] })) ids.push(id)
  assert.deepEqual([ids.length, ids[0], ids.at(-1)], [1200, 1, 1200])
  await assert.rejects(db.uom.iterate({ where: { nme: 1 } }).next(), failure('VALIDATION'))
})

test('save writes the difference, and refuses a list that came in part', async (t) => {
  const db = await open(t)
  const made = await db.category.create(boots, withProducts)
  made.products[0].name = 'Trail boot'
  const saved = await db.category.save(made, withProducts)
  assert.equal(saved.products[0].name, 'Trail boot')
  const part = await db.category.get(1, { include: { products: { limit: 1 } } })
  await assert.rejects(db.category.save(part), failure('STATE', 'partial_relation'))
  const shape = { include: { nothing: true } }
  await assert.rejects(db.category.save({ ...saved, name: 'Shoes' }, shape), failure('VALIDATION'))
  assert.equal((await db.category.get(1)).name, 'Boots')
})

test('a graph with something that cannot be cloned is refused, and it is named', async (t) => {
  const db = await open(t)
  for (const description of [() => 'x', Symbol('x'), Promise.resolve('x')]) {
    const path = 'products[0].description'
    const graph = { name: 'x', description: 'x', products: [{ name: 'y', description }] }
    await rejection(db.category.save(graph), { code: 'VALIDATION', path }, /^products\[0\]/)
  }
  await db.category.create({ name: 'x', description: '' })
})

test('a transaction keeps what it did, or nothing', async (t) => {
  const db = await open(t)
  const work = async (tx) => {
    await tx.uom.create({ name: 'box' })
    await tx.transaction((inner) => inner.uom.create({ name: 'crate' }))
    const lost = tx.transaction(async (inner) => {
      await inner.uom.create({ name: 'lost' })
      throw new Error('no')
    })
    await assert.rejects(lost, /no/)
    return tx.uom.count()
  }
  assert.equal(await db.transaction(work), 2)
  const failed = db.transaction(async (tx) => {
    await tx.uom.create({ name: 'gone' })
    throw new Error('taken back')
  })
  await assert.rejects(failed, /taken back/)
  assert.deepEqual(
    (await db.uom.find()).map(({ name }) => name),
    ['box', 'crate'],
  )
})

test('no other call is served inside a transaction, and its own handles end with it', async (t) => {
  const db = await open(t)
  const order = []
  let other
  let kept
  await db.transaction(async (tx) => {
    kept = tx
    await tx.uom.create({ name: 'box' })
    other = db.uom.count().then((count) => order.push(`other ${count}`))
    await tx.uom.create({ name: 'crate' })
    order.push(`inside ${await tx.uom.count()}`)
  })
  await other
  assert.deepEqual(order, ['inside 2', 'other 2'])
  await assert.rejects(kept.uom.count(), failure('STATE'))
})

test('while an inner transaction is open, the outer handle is refused at once', async (t) => {
  const db = await open(t)
  const rests = failure('STATE', 'inner_transaction')
  await db.transaction(async (tx) => {
    const lost = tx.transaction(async (inner) => {
      await inner.uom.create({ name: 'lost' })
      await assert.rejects(tx.uom.create({ name: 'waiting' }), rests)
      throw new Error('no')
    })
    await assert.rejects(tx.uom.count(), rests)
    await assert.rejects(
      tx.transaction(() => 1),
      rests,
    )
    await assert.rejects(lost, /no/)
    await tx.uom.create({ name: 'kept' })
  })
  assert.deepEqual(
    (await db.uom.find()).map(({ name }) => name),
    ['kept'],
  )
})

test('a transaction that asks for nothing for too long is taken back', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const db = await open(t)
  const late = db.transaction(async (tx) => {
    await tx.uom.create({ name: 'box' })
    t.mock.timers.tick(10_000)
    await tx.uom.create({ name: 'crate' })
  })
  await assert.rejects(late, failure('STATE', 'transaction_lost'))
  assert.equal(await db.uom.count(), 0)
})

test('a call that waits too long for a transaction fails with BUSY', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const db = await open(t)
  await db.transaction(async (tx) => {
    const waiting = db.uom.count()
    for (let step = 0; step < 5; step++) {
      await tx.uom.count()
      t.mock.timers.tick(6_000)
    }
    await assert.rejects(waiting, failure('BUSY'))
  })
})

test('statements are told of with their reply, until that is ended', async (t) => {
  const db = await open(t)
  const seen = []
  const stop = db.onQuery(({ sql }) => seen.push(sql))
  await db.uom.count({ where: { name: 'x' } })
  assert.match(seen.join(), /SELECT count/)
  stop()
  seen.length = 0
  await db.uom.count()
  assert.deepEqual(seen, [])
})

test('live queries, change events and undo are there too', async (t) => {
  const db = await open(t)
  const live = db.uom.live({ select: ['name'] })
  const results = live[Symbol.asyncIterator]()
  assert.deepEqual((await results.next()).value, [])
  const changes = []
  const stop = db.onChange((one) => changes.push(one))
  await db.uom.create({ name: 'box' })
  assert.deepEqual((await results.next()).value, [{ name: 'box' }])
  const step = await db.undo()
  assert.deepEqual(step.changes, { uom: { created: 1, updated: 0, deleted: 0 } })
  assert.deepEqual((await results.next()).value, [])
  assert.deepEqual(changes, [{ uom: [1] }, { uom: [1] }])
  stop()
  assert.equal((await db.history()).redo.length, 1)
  await db.redo()
  assert.equal(await db.uom.count(), 1)
  await assert.rejects(
    db.undo().then(() => db.undo()),
    failure('STATE'),
  )
  await assert.rejects(
    db.transaction((tx) => tx.uom.live()),
    failure('STATE'),
  )
})

test('a closed catalog says so, and closes twice', async () => {
  const db = await openLater({ storage: 'memory' })
  const before = db.uom.create({ name: 'box' })
  await db.close()
  assert.equal((await before).name, 'box')
  await db.close()
  await assert.rejects(db.uom.count(), failure('CLOSED'))
  const given = await openLater({ storage: 'memory' })
  await given[Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]()
  await assert.rejects(given.uom.count(), failure('CLOSED'))
})

test('CSV and JSON go in and out of it, and a bad line takes all others back', async (t) => {
  const db = await open(t)
  const report = await importCsv(db, 'uom', 'name,symbol\ngram,g\npair,\n')
  assert.deepEqual(report, { rows: 2, created: 2, issues: [] })
  const bad = importCsv(db, 'uom', 'name\nbox\ngram\n')
  await assert.rejects(bad, failure('IMPORT'))
  const again = await importCsv(db, 'uom', 'name,symbol\npair,pr\nbox,\n', { existing: 'update' })
  assert.deepEqual([again.rows, again.created], [2, 1])
  assert.equal(
    await exportCsv(db, 'uom', { columns: ['name', 'symbol'] }),
    'name,symbol\r\ngram,g\r\npair,pr\r\nbox,\r\n',
  )
  await db.transaction(async (tx) => {
    assert.equal((await importCsv(tx, 'uom', 'name\ncrate\n')).created, 1)
    await assert.rejects(importCsv(tx, 'uom', 'name\nbag\ncrate\n'), failure('IMPORT'))
  })
  assert.equal(await db.uom.count(), 4)
  const other = await open(t)
  await importJson(other, await exportJson(db))
  assert.deepEqual(await other.uom.find(), await db.uom.find())
})

test('options that make no sense are refused', async () => {
  const refused = (options, code = 'VALIDATION') =>
    assert.rejects(async () => openLater(options), failure(code))
  await refused({ storage: 'disk' })
  await refused({ name: '../shop' })
  await refused({})
  await refused({ name: undefined }, 'UNDEFINED_VALUE')
  await refused({ storage: 'file' })
  await refused({ storage: 'memory', data: new Uint8Array() })
})

test('opening without a word says what to give', async () => {
  const expected = { name: 'CatalogError', code: 'VALIDATION', path: 'name' }
  const message = /\{ name: "shop" \}, or in Node \{ file: "shop\.sqlite" \}\.$/
  await assert.rejects(async () => openLater(), { ...expected, message })
})

test('a storage that is not to be had is refused, and never becomes memory', async () => {
  for (const storage of ['auto', 'opfs', 'indexeddb']) {
    await assert.rejects(openLater({ name: 'shop', storage }), failure('STORAGE_UNAVAILABLE'))
  }
})

test('a file keeps a catalog, and others are told that it is open', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-promises-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'shop.sqlite')
  const db = await openLater({ file })
  assert.equal(db.storage.kind, 'file')
  await db.uom.create({ name: 'box' })
  await assert.rejects(openLater({ file }), failure('BUSY'))
  await db.close()
  const again = await openLater({ file })
  assert.equal(await again.uom.count(), 1)
  const empty = await openLater({ storage: 'memory' })
  await again.replaceWith(await empty.export())
  await empty.close()
  assert.equal(await again.uom.count(), 0)
  await assert.rejects(again.replaceWith(new Uint8Array(9)), failure('CORRUPT'))
  const backups = await again.backups()
  await again.restore(backups.at(-1).name)
  assert.equal(await again.uom.count(), 1)
  await again.close()
})

test('storage says where a catalog is', async (t) => {
  const db = await open(t)
  assert.equal(db.storage.kind, 'memory')
  assert.equal(await db.storage.persist(), false)
  assert.deepEqual(await db.storage.status(), { persisted: false, usage_bytes: 0 })
})

test('what was committed goes from the log into the file once nobody asks any more', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-rest-'))
  const file = join(folder, 'shop.sqlite')
  const db = await openLater({ file })
  t.after(async () => {
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const description = 'x'.repeat(10_000)
  await db.category.createMany(
    Array.from({ length: 300 }, (_, n) => ({ name: `${n}`, description })),
  )
  const isThere = () => statSync(file).size > 300 * description.length
  assert.equal(isThere(), false)
  for (const until_ms = Date.now() + 20_000; !isThere() && Date.now() < until_ms;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.ok(isThere())
  assert.equal(await db.category.count(), 300)
})

test('a saved row of which a part came back is not saved as the whole', async (t) => {
  const db = await open(t)
  const more = { ...boots, products: { create: [{ name: 'A', description: '' }] } }
  more.products.create.push({ name: 'B', description: '' })
  const { id } = await db.category.create(more)
  const graph = await db.category.get(id, withProducts)
  const part = await db.category.save(graph, { include: { products: { limit: 1 } } })
  assert.equal(part.products.length, 1)
  await assert.rejects(db.category.save(part), failure('STATE', 'partial_relation'))
  assert.equal(await db.product.count({ where: { category: { id } } }), 2)
})
