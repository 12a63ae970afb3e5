// What the package promises of models that somebody adds: no name of theirs hides a call, and what
// is exported can be read back though columns are computed.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exportCsv, exportFolder, exportJson, openLater, root } from './support/installed.mjs'
import { opened } from './support/shop.mjs'

const everyKey = (object) =>
  object === null || object === Object.prototype
    ? []
    : [...Reflect.ownKeys(object), ...everyKey(Object.getPrototypeOf(object))]

test('the names that no table may have are those of all that a catalog has', async (t) => {
  const db = await opened(t)
  const later = await openLater({ storage: 'memory' })
  t.after(() => later.close())
  const inside = db.transaction((tx) => everyKey(tx))
  const tables = db.describe().models.map(({ table }) => table)
  const keys = [db, later, db.product].flatMap(everyKey).concat(inside)
  const names = keys.filter((key) => typeof key === 'string' && !tables.includes(key))
  const source = readFileSync(join(root, 'src/orm/schema/names.cpp'), 'utf8')
  const [, refused] = /kMethods = \{([^}]+)\}/.exec(source)
  const missing = names.filter((name) => !refused.includes(`"${name}"`))
  assert.deepEqual([...new Set(missing)], [])
})

// A catalog of crates that counts what is in them, and brings the columns that it is asked for.
function crates() {
  const columns = [
    { name: 'id', type: 'integer', primary_key: true },
    { name: 'total', type: 'integer', computed: { count_of: 'bottles' } },
  ]
  const model = { name: 'Crate', table: 'crate', columns, relationships: [], primary_key: ['id'] }
  const iterate = ({ select = ['id', 'total'] } = {}) => [
    Object.fromEntries(select.map((name) => [name, 1])),
  ]
  const db = { describe: () => ({ models: [model] }), crate: { iterate } }
  return { ...db, transaction: (work) => work(db) }
}

test('exports leave out what is computed, which an import could not write', async () => {
  assert.deepEqual(JSON.parse(exportJson(crates())), { crate: [{ id: 1 }] })
  assert.equal(exportCsv(crates(), 'crate'), 'id\r\n1\r\n')
  const text = async (texts, name) => {
    const folder = await exportFolder(crates(), { texts })
    return new TextDecoder().decode(folder.get(name))
  }
  assert.deepEqual(JSON.parse(await text('json', 'catalog.json')), { crate: [{ id: 1 }] })
  assert.equal(await text('csv', 'crate.csv'), 'id\r\n1\r\n')
})

test('a CSV has a computed column that is asked for', () => {
  assert.equal(exportCsv(crates(), 'crate', { columns: ['id', 'total'] }), 'id,total\r\n1,1\r\n')
})
