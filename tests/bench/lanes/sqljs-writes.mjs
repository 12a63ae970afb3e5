// The writing half of the lane of sql.js: prepared statements, one transaction per unit of work.
import { columns } from '../goods.mjs'

function insert(table, names = columns[table]) {
  const places = names.map(() => '?').join(', ')
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`
}

function createMany(own, goods) {
  own.run('BEGIN')
  for (const [table, rows] of Object.entries(goods)) {
    const names = columns[table]
    const statement = own.prepare(insert(table))
    for (const row of rows) statement.run(names.map((name) => row[name]))
    statement.free()
  }
  own.run('COMMIT')
  return null
}

// A function that creates a product with its category, unless that is there, and its items.
function creator(own) {
  const made = (table, names) => own.prepare(`${insert(table, names)} RETURNING id`)
  const findCategory = own.prepare('SELECT id FROM category WHERE name = ?')
  const findUnit = own.prepare('SELECT id FROM uom WHERE name = ?')
  const addCategory = made('category', ['name', 'description'])
  const addProduct = made('product', ['name', 'description', 'category_id'])
  const addItem = own.prepare(
    insert('product_item', ['product_id', 'name', 'description', 'uom_id']),
  )
  const id = (statement, values) => {
    const row = statement.get(values)
    statement.reset()
    return row[0] ?? null
  }
  return ({ name, description, category, items }) => {
    own.run('BEGIN')
    const category_id =
      id(findCategory, [category.name]) ?? id(addCategory, [category.name, category.description])
    const product_id = id(addProduct, [name, description, category_id])
    for (const item of items) {
      addItem.run([product_id, item.name, item.description, id(findUnit, [item.uom])])
    }
    own.run('COMMIT')
    return { id: product_id, name, description, category_id }
  }
}

// Without knowing what was edited, all of a graph's rows are written.
function save(own, graphs) {
  const product = own.prepare(
    'UPDATE product SET name = ?, description = ?, category_id = ? WHERE id = ?',
  )
  const item = own.prepare(
    'UPDATE product_item SET name = ?, description = ?, uom_id = ?, product_id = ? WHERE id = ?',
  )
  for (const row of graphs) {
    own.run('BEGIN')
    product.run([row.name, row.description, row.category_id, row.id])
    for (const { name, description, uom_id, product_id, id } of row.product_items) {
      item.run([name, description, uom_id, product_id, id])
    }
    own.run('COMMIT')
  }
  return null
}

export function sqljsWrites({ goods, inputs, edit, data, empty }, load) {
  return {
    createMany: { file: empty, work: (own) => createMany(own, goods) },
    'nested creates': { file: data, work: (own) => inputs.nested.map(creator(own)) },
    'save graphs': {
      file: data,
      prepare: (own) => {
        const graphs = load(own)
        graphs.forEach(edit)
        return graphs
      },
      work: save,
    },
    'cascade delete': {
      file: data,
      work: (own) => {
        const remove = own.prepare('DELETE FROM category WHERE id = ?')
        for (const id of inputs.deleted) remove.run([id])
        return null
      },
    },
  }
}
