// The lane of the official sqlite-wasm: its object-oriented interface, rows as objects, statements
// prepared where one is used often.
import initSqlite from '@sqlite.org/sqlite-wasm'
import { columns } from '../goods.mjs'
import { attach, withCategory, withUnits } from './attach.mjs'
import { kCategories, kFillWords, kItems, kProducts, kSearch, kTop, kWordColumns } from './sql.mjs'

const kGroups = `SELECT category_id, count(*) AS products, min(name) AS first, max(name) AS last
  FROM product GROUP BY category_id ORDER BY category_id`
const kIndex = `CREATE VIRTUAL TABLE temp.words USING fts5(${kWordColumns}, content = '',
  prefix = '2 3'); ${kFillWords}`

let sqlite3

// A connection whose main database is a copy of `data`.
async function openData(data) {
  sqlite3 ??= await initSqlite()
  const { capi, wasm } = sqlite3
  const own = new sqlite3.oo1.DB(':memory:')
  const bytes = wasm.allocFromTypedArray(data)
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE
  own.checkRc(capi.sqlite3_deserialize(own.pointer, 'main', bytes, data.length, data.length, flags))
  own.exec('PRAGMA foreign_keys = ON')
  return own
}

const rows = (own, sql, bind) => own.selectObjects(sql, bind)

function wholeGraph(own) {
  const products = rows(own, `${kProducts} ORDER BY id`)
  const items = rows(own, `${kItems} ORDER BY id`)
  withCategory(products, rows(own, kCategories))
  withUnits(items, rows(own, 'SELECT id, name, symbol FROM uom'))
  return attach(products, 'product_items', items, 'product_id')
}

function page(own, { limit, offset }) {
  const products = rows(own, `${kProducts} ORDER BY id LIMIT ? OFFSET ?`, [limit, offset])
  const ids = products.map(({ id }) => id).join()
  const categoryIds = [...new Set(products.map(({ category_id }) => category_id))].join()
  withCategory(products, rows(own, `${kCategories} WHERE id IN (${categoryIds})`))
  const items = rows(own, `${kItems} WHERE product_id IN (${ids}) ORDER BY id`)
  return attach(products, 'product_items', items, 'product_id')
}

// All rows of a prepared statement, with one parameter.
function all(statement, value) {
  const found = []
  statement.bind(1, value)
  while (statement.step()) found.push(statement.get({}))
  statement.reset()
  return found
}

function searcher(own) {
  let statement = null
  return (words) => {
    if (!statement) {
      own.exec(kIndex)
      statement = own.prepare(kSearch)
    }
    return all(
      statement,
      words
        .split(' ')
        .map((word) => `"${word}"*`)
        .join(' '),
    )
  }
}

function reads(own, { ids, names, pages, searches }) {
  const byKey = own.prepare(`${kProducts} WHERE id = ?`)
  const byName = own.prepare(`${kProducts} WHERE name = ?`)
  const search = searcher(own)
  return {
    'rows of one table': () => rows(own, `${kItems} ORDER BY id`),
    'whole graph': () => wholeGraph(own),
    '200 pages': () => pages.map((part) => page(own, part)),
    '10,000 get by id': () => ids.map((id) => all(byKey, id)[0]),
    '10,000 get by name': () => names.map((name) => all(byName, name)[0]),
    'top 3 per category': () =>
      attach(rows(own, `${kCategories} ORDER BY id`), 'products', rows(own, kTop), 'category_id'),
    '200 searches': () => searches.map(search),
    aggregate: () => rows(own, kGroups),
  }
}

function createMany(own, goods) {
  own.exec('BEGIN')
  for (const [table, list] of Object.entries(goods)) {
    const names = columns[table]
    const places = names.map(() => '?').join(', ')
    const insert = own.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`)
    for (const row of list) insert.bind(names.map((name) => row[name])).stepReset()
    insert.finalize()
  }
  own.exec('COMMIT')
  return null
}

function remove(own, ids) {
  const statement = own.prepare('DELETE FROM category WHERE id = ?')
  for (const id of ids) statement.bind(1, id).stepReset()
  statement.finalize()
  return null
}

function contentOf(own) {
  const tables = Object.entries(columns).map(([table, names]) => {
    return [table, rows(own, `SELECT ${names.join(', ')} FROM ${table} ORDER BY id`)]
  })
  return Object.fromEntries(tables)
}

export async function open({ data, empty, goods, inputs }) {
  const own = await openData(data)
  return {
    first: () => own.selectObject(`${kProducts} WHERE id = 1`),
    workloads: {
      ...reads(own, inputs),
      createMany: { file: empty, work: (fresh) => createMany(fresh, goods) },
      'cascade delete': { file: data, work: (fresh) => remove(fresh, inputs.deleted) },
    },
    fresh: openData,
    content: contentOf,
    close: (fresh) => fresh.close(),
  }
}
