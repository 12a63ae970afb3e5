// Signals: reads, walks and openings of the entry `vitrine` that are given up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CatalogError, openLater } from './support/installed.mjs'
import { rejection } from './support/shop.mjs'

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
