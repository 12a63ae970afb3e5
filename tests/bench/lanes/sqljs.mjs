// The lane of sql.js, written by hand as somebody would who wants it fast: exec gives arrays, each
// is mapped to an object literal, and rows are grouped through maps.
import initSqlJs from 'sql.js'

const kProducts = 'SELECT id, name, description, category_id FROM product ORDER BY id'
const kItems = 'SELECT id, product_id, name, description, uom_id FROM product_item'

const values = (result) => (result.length === 0 ? [] : result[0].values)

function categories(file) {
  const found = new Map()
  for (const [id, name, description] of values(
    file.exec('SELECT id, name, description FROM category'),
  )) {
    found.set(id, { id, name, description })
  }
  return found
}

const item = ([id, product_id, name, description, uom_id]) => {
  return { id, product_id, name, description, uom_id }
}

// Products with their category and items, from the rows of both tables.
function graph(products, items, categoryById) {
  const byId = new Map()
  const rows = products.map(([id, name, description, category_id]) => {
    const category = categoryById.get(category_id) ?? null
    const row = { id, name, description, category_id, category, product_items: [] }
    byId.set(id, row)
    return row
  })
  for (const values of items) byId.get(values[1]).product_items.push(item(values))
  return rows
}

function page(file, offset) {
  const products = values(file.exec(`${kProducts} LIMIT 20 OFFSET ${offset}`))
  const ids = products.map(([id]) => id).join()
  const categoryIds = [...new Set(products.map((product) => product[3]))].join()
  const found = new Map()
  const sql = `SELECT id, name, description FROM category WHERE id IN (${categoryIds})`
  for (const [id, name, description] of values(file.exec(sql))) {
    found.set(id, { id, name, description })
  }
  const items = values(file.exec(`${kItems} WHERE product_id IN (${ids}) ORDER BY id`))
  return graph(products, items, found)
}

export async function open(data) {
  const SQL = await initSqlJs()
  const file = new SQL.Database(data)
  return {
    'rows of one table': () => values(file.exec(`${kItems} ORDER BY id`)).map(item),
    'whole graph': () => {
      const items = values(file.exec(`${kItems} ORDER BY id`))
      return graph(values(file.exec(kProducts)), items, categories(file))
    },
    '200 pages of 20': () => {
      const rows = []
      for (let number = 0; number < 200; number++) rows.push(...page(file, number * 20))
      return rows
    },
  }
}
