// The lane of Dexie on IndexedDB: rows are objects in the store; what belongs together is put
// together by hand, and cascades are written out.
import { Dexie } from 'dexie'
import { attach, withCategory, withUnits } from './attach.mjs'

const kKept = 'goods'
const kTables = {
  category: '++id, &name',
  uom: '++id, &name',
  product: '++id, &name, category_id',
  product_item: '++id, &name, product_id, uom_id',
}

function openStore(name) {
  const db = new Dexie(name)
  db.version(1).stores(kTables)
  return db
}

const tablesOf = (db) => Object.keys(kTables).map((table) => db[table])

async function fill(db, goods) {
  await db.transaction('rw', tablesOf(db), async () => {
    for (const [table, rows] of Object.entries(goods)) await db[table].bulkAdd(rows)
  })
  return null
}

// The store that stays between the page that fills it and the page that is measured.
export async function prepare({ goods }) {
  const db = openStore(kKept)
  await fill(db, goods)
  db.close()
}

async function wholeGraph(db) {
  const [products, items, categories, units] = await Promise.all([
    db.product.toArray(),
    db.product_item.toArray(),
    db.category.toArray(),
    db.uom.toArray(),
  ])
  withCategory(products, categories)
  withUnits(items, units)
  return attach(products, 'product_items', items, 'product_id')
}

async function page(db, { limit, offset }) {
  const products = await db.product.orderBy('id').offset(offset).limit(limit).toArray()
  const ids = products.map(({ id }) => id)
  const categoryIds = [...new Set(products.map(({ category_id }) => category_id))]
  withCategory(products, (await db.category.bulkGet(categoryIds)).filter(Boolean))
  const items = await db.product_item.where('product_id').anyOf(ids).toArray()
  items.sort((a, b) => a.id - b.id)
  return attach(products, 'product_items', items, 'product_id')
}

async function groups(db) {
  const found = new Map()
  await db.product.each(({ category_id, name }) => {
    const group = found.get(category_id) ?? { category_id, products: 0, first: name, last: name }
    found.set(category_id, group)
    group.products++
    if (name < group.first) group.first = name
    if (name > group.last) group.last = name
  })
  return [...found.values()].sort((a, b) => a.category_id - b.category_id)
}

async function topThree(db) {
  const categories = await db.category.toArray()
  for (const category of categories) {
    const rows = await db.product.where('category_id').equals(category.id).toArray()
    rows.sort((a, b) => (a.name < b.name ? 1 : -1))
    category.products = rows.slice(0, 3)
  }
  return categories
}

async function each(list, work) {
  const results = []
  for (const input of list) results.push(await work(input))
  return results
}

function reads(db, { ids, names, pages }) {
  return {
    'rows of one table': () => db.product_item.toArray(),
    'whole graph': () => wholeGraph(db),
    '200 pages': () => each(pages, (part) => page(db, part)),
    '10,000 get by id': () => each(ids, (id) => db.product.get(id)),
    '10,000 get by name': () => each(names, (name) => db.product.get({ name })),
    'top 3 per category': () => topThree(db),
    '200 searches': 'no full-text search',
    aggregate: () => groups(db),
  }
}

function create(db, { name, description, category, items }) {
  return db.transaction('rw', tablesOf(db), async () => {
    const named = await db.category.get({ name: category.name })
    const category_id = named?.id ?? (await db.category.add({ ...category }))
    const id = await db.product.add({ name, description, category_id })
    const rows = await each(items, async ({ name, description, uom }) => {
      const { id: uom_id } = await db.uom.get({ name: uom })
      return { product_id: id, name, description, uom_id }
    })
    await db.product_item.bulkAdd(rows)
    return { id, name, description, category_id }
  })
}

function save(db, { product_items, id, name, description, category_id }) {
  const product = { id, name, description, category_id }
  return db.transaction('rw', db.product, db.product_item, async () => {
    await db.product.put(product)
    await db.product_item.bulkPut(product_items)
  })
}

function remove(db, id) {
  return db.transaction('rw', db.category, db.product, db.product_item, async () => {
    const ids = await db.product.where('category_id').equals(id).primaryKeys()
    await db.product_item.where('product_id').anyOf(ids).delete()
    await db.product.bulkDelete(ids)
    await db.category.delete(id)
  })
}

function writes({ goods, inputs, edit, data, empty }) {
  return {
    createMany: { file: empty, work: (own) => fill(own, goods) },
    'nested creates': {
      file: data,
      work: (own) => each(inputs.nested, (input) => create(own, input)),
    },
    'save graphs': {
      file: data,
      prepare: async (own) => {
        const graphs = await page(own, { limit: inputs.edited.length, offset: 0 })
        graphs.forEach(edit)
        return graphs
      },
      work: async (own, graphs) => {
        for (const product of graphs) await save(own, product)
        return null
      },
    },
    'cascade delete': {
      file: data,
      work: async (own) => {
        for (const id of inputs.deleted) await remove(own, id)
        return null
      },
    },
  }
}

let stores = 0

export async function open(context) {
  const db = openStore(kKept)
  const fresh = async (data) => {
    const own = openStore(`own ${++stores}`)
    if (data !== context.empty) await fill(own, context.goods)
    return own
  }
  const content = async (own) =>
    Object.fromEntries(
      await each(Object.keys(kTables), async (table) => [table, await own[table].toArray()]),
    )
  return {
    first: () => db.product.get(1),
    workloads: { ...reads(db, context.inputs), ...writes(context) },
    fresh,
    content,
    close: (own) => own.delete(),
  }
}
