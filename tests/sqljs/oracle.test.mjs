// The same calls on npm's sql.js and on vitrine/sqljs: what they give, and what they throw, is the
// same. What differs on purpose is in docs/from-sqljs.md and in contract.test.mjs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calls } from './support/calls.mjs'
import { inBoth } from './support/both.mjs'

for (const [name, work] of Object.entries(calls)) {
  test(`${name}: as in sql.js`, () => {
    const { ours, theirs } = inBoth(work)
    assert.deepEqual(ours, theirs)
  })
}

const kSeed = Number(process.env.SEED ?? 20261128)

// A small generator of numbers, so that a run can be repeated.
function numbers(seed) {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const values = [
  ...[
    null,
    0,
    1,
    -1,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31) - 1,
    0.1,
    -1e300,
    NaN,
    Infinity,
    true,
    false,
  ],
  ...['', 'a', 'é😀', 'a\0b', 'x'.repeat(40), 'é'.repeat(30), 10n, -(2n ** 70n)],
  ...[new Uint8Array([1, 2, 255]), new Uint8Array(0), [1, 2, 300], new Float32Array([1.5, 260])],
]

const statements = [
  'insert into t values (?, ?, ?)',
  'insert or replace into k values (?, ?, ?)',
  'update t set b = ? where a = ? or c is ?',
  'delete from t where b = ? and a is ? or c > ?',
  'select *, typeof(a), ?1, ?2, ?3, typeof(?3) from t where a is ?1 or b = ?2',
  'select a, count(*) as n, max(b) as a from t group by a having ? is not ? or ?',
  'select * from t where ? in (a, b, c) order by ?, rowid limit abs(?)',
  'insert into t select * from t where a = ? union all select ?, ?, 1',
  'select coalesce(?, ?, ?) as "a b", ? is null',
]

// What a program does with a statement, each in one of the ways that there are.
const ways = [
  (db, sql, params) => db.exec(sql, params),
  (db, sql, params) => db.exec(sql, params, { useBigInt: true }),
  (db, sql, params) => (db.run(sql, params), db.getRowsModified()),
  (db, sql, params) => {
    const statement = db.prepare(sql)
    try {
      return [statement.get(params), statement.getColumnNames(), statement.step(), statement.get()]
    } finally {
      statement.free()
    }
  },
  (db, sql, params) => {
    const rows = []
    db.each(sql, params, (row) => rows.push(row))
    return rows
  },
  (db, sql, params) => {
    const statement = db.prepare(sql, params)
    try {
      return [statement.getAsObject(), statement.step(), statement.getAsObject(), statement.run()]
    } finally {
      statement.free()
    }
  },
]

test(`a walk of 600 calls at random (SEED=${kSeed}): as in sql.js at each step`, () => {
  const walk = (db) => {
    const random = numbers(kSeed)
    const any = (list) => list[random(list.length)]
    db.run('create table t(a, b text, c real); create table k(a integer primary key, b, c unique)')
    const seen = []
    for (let i = 0; i < 600; i++) {
      const sql = any(statements)
      const params = Array.from({ length: 2 + random(3) }, () => any(values))
      const way = any(ways)
      try {
        seen.push(way(db, sql, params))
      } catch (error) {
        seen.push(String(error))
      }
    }
    return [seen, db.exec('select * from t; select * from k')]
  }
  const { ours, theirs } = inBoth(walk)
  assert.deepEqual(ours, theirs)
})
