// The lane of TypeORM on sql.js: entities, find with relations, save of graphs.
import 'reflect-metadata'
import initSqlJs from 'sql.js'
import typeorm from 'typeorm'
import { contentOf } from './sqljs-file.mjs'

const { DataSource, EntitySchema } = typeorm

const columns = (more) => ({
  id: { type: 'integer', primary: true, generated: 'increment' },
  name: { type: 'text', unique: true },
  ...more,
})
const reference = { type: 'integer', nullable: true }
const description = { type: 'text' }
const toOne = (target, column, inverseSide) => {
  const joinColumn = { name: column, referencedColumnName: 'id' }
  return { type: 'many-to-one', target, joinColumn, inverseSide }
}
const toMany = (target, inverseSide) => {
  return { type: 'one-to-many', target, inverseSide, cascade: ['insert', 'update'] }
}

const entities = [
  new EntitySchema({
    name: 'category',
    columns: columns({ description }),
    relations: { products: toMany('product', 'category') },
  }),
  new EntitySchema({
    name: 'uom',
    columns: columns({ symbol: { type: 'text', nullable: true } }),
    relations: { product_items: toMany('product_item', 'uom') },
  }),
  new EntitySchema({
    name: 'product',
    columns: columns({ description, category_id: reference }),
    relations: {
      category: { ...toOne('category', 'category_id', 'products'), cascade: ['insert'] },
      product_items: toMany('product_item', 'product'),
    },
  }),
  new EntitySchema({
    name: 'product_item',
    columns: columns({ product_id: reference, description, uom_id: reference }),
    relations: {
      product: toOne('product', 'product_id', 'product_items'),
      uom: toOne('uom', 'uom_id', 'product_items'),
    },
  }),
]

const graph = { category: true, product_items: { uom: true } }
const page = { category: true, product_items: true }
// Ordering the items too would make TypeORM count items instead of products for a page.
const order = { id: 'ASC' }
const kParametersAtMost = 30_000

async function each(list, work) {
  const results = []
  for (const input of list) results.push(await work(input))
  return results
}

// TypeORM has no limit per parent: one request for each category.
async function topThree(db) {
  const categories = await db.getRepository('category').find({ order: { id: 'ASC' } })
  for (const category of categories) {
    const where = { category_id: category.id }
    const last = { where, order: { name: 'DESC' }, take: 3 }
    category.products = await db.getRepository('product').find(last)
  }
  return categories
}

function groups(db) {
  return db
    .getRepository('product')
    .createQueryBuilder('product')
    .select('product.category_id', 'category_id')
    .addSelect('COUNT(*)', 'products')
    .addSelect('MIN(product.name)', 'first')
    .addSelect('MAX(product.name)', 'last')
    .groupBy('product.category_id')
    .orderBy('product.category_id')
    .getRawMany()
}

function reads(db, { ids, names, pages }) {
  const products = db.getRepository('product')
  return {
    'rows of one table': () => db.getRepository('product_item').find({ order: { id: 'ASC' } }),
    'whole graph': () => products.find({ relations: graph, order }),
    '200 pages': () =>
      each(pages, ({ limit: take, offset: skip }) =>
        products.find({ relations: page, order, take, skip }),
      ),
    '10,000 get by id': () => each(ids, (id) => products.findOneBy({ id })),
    '10,000 get by name': () => each(names, (name) => products.findOneBy({ name })),
    'top 3 per category': () => topThree(db),
    aggregate: () => groups(db),
  }
}

async function createMany(db, goods) {
  await db.transaction(async (tx) => {
    for (const [table, rows] of Object.entries(goods)) {
      const batch = Math.floor(kParametersAtMost / Object.keys(rows[0]).length)
      for (let at = 0; at < rows.length; at += batch) {
        await tx.insert(table, rows.slice(at, at + batch))
      }
    }
  })
  return null
}

function create(db, { name, description, category, items }) {
  return db.transaction(async (tx) => {
    const named = (table, name) => tx.findOneBy(table, { name })
    const product_items = await each(items, async ({ uom, ...item }) => {
      return { ...item, uom: await named('uom', uom) }
    })
    const owner = (await named('category', category.name)) ?? { ...category }
    const made = await tx.save('product', { name, description, category: owner, product_items })
    return { id: made.id, name, description, category_id: made.category.id }
  })
}

function writes({ goods, inputs, edit, data, empty }) {
  // insert() notes generated values in the rows it is given.
  const copies = () =>
    Object.fromEntries(
      Object.entries(goods).map(([table, rows]) => [table, rows.map((row) => ({ ...row }))]),
    )
  return {
    createMany: { file: empty, prepare: copies, work: createMany },
    'nested creates': {
      file: data,
      work: (db) => each(inputs.nested, (input) => create(db, input)),
    },
    'save graphs': {
      file: data,
      prepare: async (db) => {
        const args = { relations: page, order, take: inputs.edited.length }
        const graphs = await db.getRepository('product').find(args)
        graphs.forEach(edit)
        return graphs
      },
      work: async (db, graphs) => {
        for (const product of graphs) await db.getRepository('product').save(product)
        return null
      },
    },
    'cascade delete': {
      file: data,
      work: async (db) => {
        for (const id of inputs.deleted) await db.getRepository('category').delete(id)
        return null
      },
    },
  }
}

export async function open(context) {
  const driver = await initSqlJs()
  const fresh = (database) =>
    new DataSource({ type: 'sqljs', driver, database, entities }).initialize()
  const db = await fresh(context.data)
  return {
    first: () => db.getRepository('product').findOneBy({ id: 1 }),
    workloads: {
      ...reads(db, context.inputs),
      '200 searches': 'no full-text search',
      ...writes(context),
    },
    fresh,
    content: (own) => contentOf(own.driver.databaseConnection),
    close: (own) => own.destroy(),
  }
}
