// The lane of Vitrine: one call per request. A verb that the package has not yet is said to be
// absent.
import { openCatalog } from 'vitrine/sync'

const graph = { category: true, product_items: { include: { uom: true } } }
const page = { category: true, product_items: true }

function reads(db, { ids, names, pages, searches }) {
  const orderBy = [{ id: 'asc' }]
  const last = { orderBy: [{ name: 'desc' }], limit: 3 }
  return {
    'rows of one table': () => db.product_item.find(),
    'whole graph': () => db.product.find({ include: graph }),
    '200 pages': () => pages.map((part) => db.product.find({ include: page, ...part })),
    '10,000 get by id': () => ids.map((id) => db.product.get(id)),
    '10,000 get by name': () => names.map((name) => db.product.get({ name })),
    'top 3 per category': () => db.category.find({ include: { products: last } }),
    '200 searches': () => searches.map((search) => db.product.find({ search, orderBy, limit: 20 })),
    aggregate: () => aggregate(db),
  }
}

function aggregate(db) {
  const values = { products: { count: true }, first: { min: 'name' }, last: { max: 'name' } }
  return db.product.aggregate({ groupBy: ['category_id'], values })
}

// A product to create, in the words of the package.
function data({ name, description, category, items }) {
  const create = items.map(({ uom, ...item }) => ({ ...item, uom: { connect: { name: uom } } }))
  return {
    name,
    description,
    category: { connectOrCreate: category },
    product_items: { create },
  }
}

function writes({ goods, inputs, edit }, { data: file, empty }) {
  return {
    createMany: {
      file: empty,
      work: (db) => {
        db.transaction((tx) => {
          for (const [table, rows] of Object.entries(goods)) tx[table].createMany(rows)
        })
        return null
      },
    },
    'nested creates': {
      file,
      prepare: () => inputs.nested.map(data),
      work: (db, products) => products.map((product) => db.product.create(product)),
    },
    'save graphs': {
      file,
      prepare: (db) => {
        const graphs = db.product.find({ include: page, limit: inputs.edited.length })
        graphs.forEach(edit)
        return graphs
      },
      work: (db, graphs) => {
        for (const product of graphs) db.product.save(product)
        return null
      },
    },
    'cascade delete': {
      file,
      work: (db) => {
        for (const id of inputs.deleted) db.category.delete(id)
        return null
      },
    },
  }
}

const kVerbs = { aggregate: 'aggregate', createMany: 'createMany', 'save graphs': 'save' }

export const checks = true

// The file is our own; peers open it as it is.
export async function open(context) {
  const db = await openCatalog({ data: context.data, trusted: !context.checked })
  const workloads = { ...reads(db, context.inputs), ...writes(context, context) }
  for (const [workload, verb] of Object.entries(kVerbs)) {
    if (!(verb in db.product)) workloads[workload] = `no ${verb}() yet`
  }
  return {
    first: () => db.product.get(1),
    workloads,
    fresh: (data) => openCatalog({ data }),
    content: ({ category, uom, product, product_item }) => {
      return {
        category: category.find(),
        uom: uom.find(),
        product: product.find(),
        product_item: product_item.find(),
      }
    },
    close: (own) => own.close(),
  }
}
