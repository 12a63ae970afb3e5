// Signals: reads, walks and openings of the entry `vitrine` that are given up, and imports into
// both entries, which also tell how far they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CatalogError, exportArchive, importArchive, importCsv } from './support/installed.mjs'
import { importJson, openCatalog, openLater } from './support/installed.mjs'
import { opened, refusal, rejection } from './support/shop.mjs'

async function open(t) {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  return db
}

const failure = (code) => (error) => {
  assert.ok(error instanceof CatalogError, String(error))
  assert.equal(error.code, code)
  return true
}

test('a signal gives up a read, and a walk', async (t) => {
  const db = await open(t)
  const gone = AbortSignal.abort()
  await assert.rejects(db.uom.find({ signal: gone }), failure('ABORTED'))
  const control = new AbortController()
  const waiting = db.uom.count({ signal: control.signal })
  control.abort()
  await assert.rejects(waiting, failure('ABORTED'))
  await assert.rejects(db.uom.iterate({ signal: control.signal }).next(), failure('ABORTED'))
  await assert.rejects(db.uom.find({ signal: 1 }), failure('VALIDATION'))
  const path = 'signal'
  await rejection(db.uom.find({ signal: undefined }), { code: 'UNDEFINED_VALUE', path })
  await assert.rejects(openLater({ storage: 'memory', signal: gone }), failure('ABORTED'))
})

test('a signal ends a walk before its next row, also on the last page', async (t) => {
  const db = await open(t)
  await db.uom.createMany(Array.from({ length: 700 }, (_, number) => ({ name: `u${number}` })))
  for (const [limit, last] of [
    [700, 1],
    [400, 7],
    [700, 600],
    [5, 5],
  ]) {
    const control = new AbortController()
    let count = 0
    const walked = async () => {
      for await (const { id } of db.uom.iterate({ limit, signal: control.signal })) {
        assert.equal(id, ++count)
        if (count === last) control.abort()
      }
    }
    if (limit === last) await walked()
    else await assert.rejects(walked(), failure('ABORTED'))
    assert.equal(count, last)
  }
})

// How each import takes this many units in, and what must be in the catalog for it.
async function importsOf(t, count) {
  const source = await opened(t)
  const rows = Array.from({ length: count }, (_, at) => ({ name: `u${at}` }))
  source.uom.createMany(rows)
  const zip = await exportArchive(source)
  const csv = ['name', ...rows.map(({ name }) => name)].join('\n')
  return [
    (db, ways) => importCsv(db, 'uom', csv, ways),
    (db, ways) => importCsv(db, 'uom', csv, { existing: 'update', ...ways }),
    (db, ways) => importJson(db, { uom: rows }, ways),
    (db, ways) => importArchive(db, zip, ways),
  ]
}

test('an import tells how far it is, and is given up between two rows', async (t) => {
  for (const take of await importsOf(t, 250)) {
    for (const open of [openCatalog, () => openLater({ storage: 'memory' })]) {
      const db = await open()
      t.after(() => db.close())
      const control = new AbortController()
      const [parts, told] = [[], []]
      const onProgress = (part) => parts.push(part)
      await take(db, { dryRun: true, signal: control.signal, onProgress })
      assert.equal(parts.length, 100)
      assert.equal(parts.at(-1), 1)
      assert.ok(parts.every((part, at) => at === 0 || part > parts[at - 1]))
      const giveUp = (part) => {
        told.push(part)
        if (part > 0.5) control.abort()
      }
      const given = async () => take(db, { signal: control.signal, onProgress: giveUp })
      await assert.rejects(given(), failure('ABORTED'))
      assert.ok(told.length > 40 && told.at(-1) < 0.52, String(told.at(-1)))
      await assert.rejects(given(), failure('ABORTED'))
      assert.equal(await db.uom.count(), 0)
      await take(db)
      assert.equal(await db.uom.count(), 250)
    }
  }
})

test('an import refuses what is no signal and no listener', async (t) => {
  const db = await opened(t)
  const take = (ways) => importCsv(db, 'uom', 'name\nx', ways)
  refusal(() => take({ signal: 1 }), { code: 'VALIDATION', path: 'signal' })
  refusal(() => take({ signal: undefined }), { code: 'UNDEFINED_VALUE', path: 'signal' })
  refusal(() => take({ onProgress: 1 }), { code: 'VALIDATION', path: 'onProgress' })
  assert.equal(db.uom.count(), 0)
})
