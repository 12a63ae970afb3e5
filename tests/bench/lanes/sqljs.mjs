// The lane of sql.js, written by hand as somebody would who wants it fast: exec gives arrays, each
// is mapped to an object literal, rows are grouped through maps, what is done often is prepared.
import { kCategories, kFillWords, kItems, kProducts, kSearch, kTop, kWordColumns } from './sql.mjs'
import { contentOf, openFile, values } from './sqljs-file.mjs'
import { sqljsWrites } from './sqljs-writes.mjs'

const kGroups = `SELECT category_id, count(*), min(name), max(name) FROM product
  GROUP BY category_id ORDER BY category_id`
// sql.js has no FTS5; FTS4 with the same words and prefixes.
const kIndex = `CREATE VIRTUAL TABLE temp.words USING fts4(${kWordColumns}, prefix="2,3",
  tokenize=unicode61); ${kFillWords}`

const category = ([id, name, description]) => ({ id, name, description })
const product = ([id, name, description, category_id]) => ({ id, name, description, category_id })
const item = ([id, product_id, name, description, uom_id]) => {
  return { id, product_id, name, description, uom_id }
}

function byId(rows) {
  const found = new Map()
  for (const row of rows) found.set(row.id, row)
  return found
}

// Products with their category and items, from the rows of both tables; items with their unit where
// there are units.
function graph(products, items, categories, units) {
  const found = new Map()
  const rows = products.map(([id, name, description, category_id]) => {
    const category = categories.get(category_id) ?? null
    const row = { id, name, description, category_id, category, product_items: [] }
    found.set(id, row)
    return row
  })
  for (const [id, product_id, name, description, uom_id] of items) {
    const row = { id, product_id, name, description, uom_id }
    if (units) row.uom = units.get(uom_id) ?? null
    found.get(product_id).product_items.push(row)
  }
  return rows
}

function wholeGraph(file) {
  const products = values(file.exec(`${kProducts} ORDER BY id`))
  const items = values(file.exec(`${kItems} ORDER BY id`))
  const units = values(file.exec('SELECT id, name, symbol FROM uom'))
  const categories = byId(values(file.exec(kCategories)).map(category))
  return graph(
    products,
    items,
    categories,
    byId(units.map(([id, name, symbol]) => ({ id, name, symbol }))),
  )
}

function page(file, { limit, offset }) {
  const products = values(file.exec(`${kProducts} ORDER BY id LIMIT ${limit} OFFSET ${offset}`))
  const ids = products.map(([id]) => id).join()
  const categoryIds = [...new Set(products.map((cells) => cells[3]))].join()
  const categories = values(file.exec(`${kCategories} WHERE id IN (${categoryIds})`))
  const items = values(file.exec(`${kItems} WHERE product_id IN (${ids}) ORDER BY id`))
  return graph(products, items, byId(categories.map(category)))
}

function topThree(file) {
  const rows = values(file.exec(`${kCategories} ORDER BY id`)).map((cells) => {
    return { ...category(cells), products: [] }
  })
  const found = byId(rows)
  for (const cells of values(file.exec(kTop))) found.get(cells[3]).products.push(product(cells))
  return rows
}

function groups(file) {
  return values(file.exec(kGroups)).map(([category_id, products, first, last]) => {
    return { category_id, products, first, last }
  })
}

// Made at the first search.
function searcher(file) {
  let statement = null
  return (words) => {
    if (!statement) {
      file.exec(kIndex)
      statement = file.prepare(kSearch)
    }
    const rows = []
    statement.bind([
      words
        .split(' ')
        .map((word) => `${word}*`)
        .join(' '),
    ])
    while (statement.step()) rows.push(product(statement.get()))
    statement.reset()
    return rows
  }
}

// The row of a prepared statement with one parameter. Left unreset, it would keep a read
// transaction open, which makes all that follows cheaper.
function one(statement, value) {
  const row = product(statement.get([value]))
  statement.reset()
  return row
}

function reads(file, { ids, names, pages, searches }) {
  const byKey = file.prepare(`${kProducts} WHERE id = ?`)
  const byName = file.prepare(`${kProducts} WHERE name = ?`)
  const search = searcher(file)
  return {
    'rows of one table': () => values(file.exec(`${kItems} ORDER BY id`)).map(item),
    'whole graph': () => wholeGraph(file),
    '200 pages': () => pages.map((part) => page(file, part)),
    '10,000 get by id': () => ids.map((id) => one(byKey, id)),
    '10,000 get by name': () => names.map((name) => one(byName, name)),
    'top 3 per category': () => topThree(file),
    '200 searches': () => searches.map(search),
    aggregate: () => groups(file),
  }
}

export const checks = true

// What openCatalog() asks SQLite of a file that is not trusted.
function check(file) {
  const [[found]] = values(file.exec('PRAGMA integrity_check(1)'))
  const strays = values(file.exec('PRAGMA foreign_key_check'))
  if (found !== 'ok' || strays.length > 0) throw new Error('the file is damaged')
}

export async function open(context) {
  const file = await openFile(context, context.data)
  if (context.checked) check(file)
  const first = () => product(values(file.exec(`${kProducts} WHERE id = 1`))[0])
  return {
    first,
    workloads: {
      ...reads(file, context.inputs),
      ...sqljsWrites(context, (own) => wholeGraph(own).slice(0, context.inputs.edited.length)),
    },
    fresh: (data) => openFile(context, data),
    content: contentOf,
    close: (own) => own.close(),
  }
}
