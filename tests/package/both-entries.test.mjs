// What the entry `vitrine` takes and refuses as `vitrine/sync` does, though another thread runs it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLater } from './support/installed.mjs'
import { opened, refusal, rejection } from './support/shop.mjs'

async function openedLater(t) {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  return db
}

test('iterate refuses what find refuses, also where it would fetch nothing', async (t) => {
  const [db, later] = [await opened(t), await openedLater(t)]
  const refused = async (args, path, code = 'VALIDATION') => {
    refusal(() => db.uom.iterate(args), { code, path })
    await rejection(later.uom.iterate(args).next(), { code, path })
  }
  for (const limit of [-1, '2', null, NaN, Infinity, 2n]) await refused({ limit }, 'limit')
  for (const option of ['limit', 'offset', 'after']) {
    await refused({ [option]: undefined }, option, 'UNDEFINED_VALUE')
  }
  await refused({ limit: 0, where: { nme: 1 } }, 'where.nme')
  await refused({ select: [] }, 'select')
  assert.equal((await later.uom.iterate({ limit: 0 }).next()).done, true)
})

test('a closed catalog tells nobody of statements and commits, and says so', async (t) => {
  for (const db of [await opened(t), await openedLater(t)]) {
    await db.close()
    refusal(() => db.onQuery(() => 1), { code: 'CLOSED' })
    refusal(() => db.onChange(() => 1), { code: 'CLOSED' })
  }
})
