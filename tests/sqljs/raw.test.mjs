// db.raw: sql.js's Database on a catalog's own connection.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalog } from '../package/support/installed.mjs'

const boots = { name: 'Boots', description: 'For feet' }
const hats = { name: 'Hats', description: 'For heads' }
const insertHats = "insert into category(name, description) values ('Hats', 'For heads')"
const names = (db) => db.category.find({ orderBy: { name: 'asc' } }).map(({ name }) => name)

async function opened(t) {
  const db = await openCatalog()
  t.after(() => db.close())
  return db
}

test('what raw writes the catalog reads, and the other way round', async (t) => {
  const db = await opened(t)
  db.category.create(boots)
  db.raw.run(insertHats)
  assert.deepEqual(names(db), ['Boots', 'Hats'])
  assert.deepEqual(db.raw.exec('select name from category order by name')[0].values, [
    ['Boots'],
    ['Hats'],
  ])
  assert.deepEqual(db.raw.exec('select padl(name, 6) from category where id = 1')[0].values, [
    [' Boots'],
  ])
})

test('closing raw leaves the catalog open, and raw can be had again', async (t) => {
  const db = await opened(t)
  const { raw } = db
  assert.equal(db.raw, raw)
  const statement = raw.prepare('select 1')
  statement.step()
  raw.close()
  assert.throws(
    () => statement.step(),
    (thrown) => thrown === 'Statement closed',
  )
  assert.throws(
    () => raw.run('select 1'),
    (thrown) => thrown === 'Database closed',
  )
  db.category.create(boots)
  assert.deepEqual(db.raw.exec('select count(*) from category')[0].values, [[1]])
})

test('closing the catalog frees the statements of raw', async () => {
  const db = await openCatalog()
  const statement = db.raw.prepare('select * from category')
  statement.step()
  db.raw.run('insert into category(name, description) values (?, ?)', ['Hats', 'For heads'])
  db.close()
  assert.throws(
    () => statement.step(),
    (thrown) => thrown === 'Statement closed',
  )
  assert.throws(() => db.raw, { code: 'CLOSED' })
})

test('a transaction begun raw takes in the calls of the catalog', async (t) => {
  const db = await opened(t)
  db.raw.run('begin')
  db.category.create(boots)
  db.category.createMany([hats])
  db.transaction((tx) => tx.category.update({ name: 'Hats' }, { name: 'Caps' }))
  assert.deepEqual(names(db), ['Boots', 'Caps'])
  assert.throws(() => db.export(), { code: 'BUSY' })
  db.raw.run('rollback')
  assert.deepEqual(names(db), [])
  db.raw.run('begin')
  db.category.create(boots)
  db.raw.run('commit')
  assert.deepEqual(names(db), ['Boots'])
})

test('a call that fails in a transaction begun raw undoes itself alone', async (t) => {
  const db = await opened(t)
  db.raw.run('begin')
  db.category.create(boots)
  assert.throws(() => db.category.create(boots), { code: 'UNIQUE' })
  assert.throws(() => db.category.createMany([hats, boots]), { code: 'UNIQUE' })
  const broken = () =>
    db.transaction((tx) => {
      tx.category.create(hats)
      throw new Error('mine')
    })
  assert.throws(broken, /mine/)
  db.raw.run('commit')
  assert.deepEqual(names(db), ['Boots'])
})

test('a raw rollback inside of transaction() is told to the catalog', async (t) => {
  const db = await opened(t)
  const work = () =>
    db.transaction((tx) => {
      tx.category.create(boots)
      db.raw.run('rollback')
      tx.category.create(hats)
    })
  assert.throws(work, { code: 'STATE', reason: 'transaction_lost' })
  assert.deepEqual(names(db), [])
})

test('raw writes within transaction() belong to it', async (t) => {
  const db = await opened(t)
  assert.throws(
    () =>
      db.transaction(() => {
        db.raw.run(insertHats)
        throw new Error('mine')
      }),
    /mine/,
  )
  assert.deepEqual(names(db), [])
})

test("the catalog's rules hold for raw", async (t) => {
  const db = await opened(t)
  assert.throws(
    () =>
      db.raw.run('insert into product(name, description, category_id) values (?, ?, ?)', [
        'a',
        'b',
        99,
      ]),
    /FOREIGN KEY/,
  )
  assert.throws(() => db.raw.exec('select "no such column"'), /no such column/)
})
