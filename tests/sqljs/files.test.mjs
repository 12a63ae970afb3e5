// Files that one writes and the other reads and writes on: a program can go over, and back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalog } from '../package/support/installed.mjs'
import { ours, theirs } from './support/both.mjs'

// Opens `file` with `sqlJs`, changes what it holds, and gives the file and what is in it now.
function carryOn(sqlJs, file, name) {
  const db = new sqlJs.Database(file)
  db.run('insert into t(name, bytes) values (?, ?)', [name, new Uint8Array([1, 2])])
  db.run("update t set name = name || '!' where id = 1")
  const rows = db.exec('select name from t order by id')[0].values.map(([one]) => one)
  const next = db.export()
  assert.deepEqual(db.exec('pragma integrity_check')[0].values, [['ok']])
  db.close()
  return { rows, file: next }
}

for (const [title, first, second] of [
  ['ours, then theirs, then ours', ours, theirs],
  ['theirs, then ours, then theirs', theirs, ours],
]) {
  test(`a file goes from hand to hand: ${title}`, () => {
    const db = new first.Database()
    db.run(
      "create table t(id integer primary key, name text, bytes); insert into t(name) values ('a')",
    )
    const one = carryOn(second, db.export(), 'é')
    const two = carryOn(first, one.file, 'third')
    assert.deepEqual(one.rows, ['a!', 'é'])
    assert.deepEqual(two.rows, ['a!!', 'é', 'third'])
    db.close()
  })
}

test("sql.js writes a catalog's file, and the catalog reads what it wrote", async () => {
  const catalog = await openCatalog()
  catalog.category.create({ name: 'Boots', description: 'For feet' })
  for (const sqlJs of [theirs, ours]) {
    const db = new sqlJs.Database(catalog.export())
    db.run('insert into category(name, description) values (?, ?)', ['Hats', 'For heads'])
    db.run('update category set name = ? where name = ?', ['Shoes', 'Boots'])
    const again = await openCatalog({ data: db.export() })
    assert.deepEqual(
      again.category.find({ orderBy: { id: 'asc' } }).map(({ name }) => name),
      ['Shoes', 'Hats'],
    )
    db.close()
    again.close()
  }
  catalog.close()
})
