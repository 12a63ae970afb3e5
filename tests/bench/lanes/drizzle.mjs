// The lane of Drizzle on sql.js: its relational queries for graphs, prepared queries where one is
// used often.
import { asc, count, desc, eq, max, min, relations, sql } from 'drizzle-orm'
import { SQLJsSession, drizzle } from 'drizzle-orm/sql-js'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { contentOf, openFile } from './sqljs-file.mjs'

// Drizzle 0.45.4 forgets, for sql.js alone, how the rows of a relational query are mapped, so that
// related rows would stay JSON text. Here it is reminded.
const { prepareQuery } = SQLJsSession.prototype
SQLJsSession.prototype.prepareQuery = function (...args) {
  return Object.assign(prepareQuery.apply(this, args), { customResultMapper: args[4] })
}

const key = () => integer('id').primaryKey({ autoIncrement: true })
const name = () => text('name').notNull().unique()
const description = () => text('description').notNull()

const category = sqliteTable('category', { id: key(), name: name(), description: description() })
const uom = sqliteTable('uom', { id: key(), name: name(), symbol: text('symbol') })
const product = sqliteTable('product', {
  id: key(),
  name: name(),
  description: description(),
  category_id: integer('category_id').references(() => category.id),
})
const product_item = sqliteTable('product_item', {
  id: key(),
  product_id: integer('product_id').references(() => product.id),
  name: name(),
  description: description(),
  uom_id: integer('uom_id').references(() => uom.id),
})
const tables = { category, uom, product, product_item }

const schema = {
  ...tables,
  categoryRelations: relations(category, ({ many }) => ({ products: many(product) })),
  productRelations: relations(product, ({ one, many }) => ({
    category: one(category, { fields: [product.category_id], references: [category.id] }),
    product_items: many(product_item),
  })),
  itemRelations: relations(product_item, ({ one }) => ({
    product: one(product, { fields: [product_item.product_id], references: [product.id] }),
    uom: one(uom, { fields: [product_item.uom_id], references: [uom.id] }),
  })),
}

const graph = { category: true, product_items: { with: { uom: true } } }
const page = { category: true, product_items: true }
const kParametersAtMost = 30_000

function reads(db, { ids, names, pages }) {
  const orderBy = asc(product.id)
  const where = (column) =>
    db
      .select()
      .from(product)
      .where(eq(column, sql.placeholder('value')))
  const byId = where(product.id).prepare()
  const byName = where(product.name).prepare()
  const last = { orderBy: desc(product.name), limit: 3 }
  const groups = { category_id: product.category_id, products: count() }
  const ends = { first: min(product.name), last: max(product.name) }
  return {
    'rows of one table': () => db.select().from(product_item).orderBy(product_item.id).all(),
    'whole graph': () => db.query.product.findMany({ with: graph, orderBy }).sync(),
    '200 pages': () =>
      pages.map((part) => db.query.product.findMany({ with: page, orderBy, ...part }).sync()),
    '10,000 get by id': () => ids.map((value) => byId.get({ value })),
    '10,000 get by name': () => names.map((value) => byName.get({ value })),
    'top 3 per category': () =>
      db.query.category.findMany({ with: { products: last }, orderBy: asc(category.id) }).sync(),
    aggregate: () =>
      db
        .select({ ...groups, ...ends })
        .from(product)
        .groupBy(product.category_id)
        .orderBy(product.category_id)
        .all(),
  }
}

function createMany({ db }, goods) {
  db.transaction((tx) => {
    for (const [table, rows] of Object.entries(goods)) {
      const batch = Math.floor(kParametersAtMost / Object.keys(rows[0]).length)
      for (let at = 0; at < rows.length; at += batch) {
        tx.insert(tables[table])
          .values(rows.slice(at, at + batch))
          .run()
      }
    }
  })
  return null
}

function create(db, input) {
  return db.transaction((tx) => {
    const named = (table, value) => tx.select().from(table).where(eq(table.name, value)).get()
    const owner =
      named(category, input.category.name) ??
      tx.insert(category).values(input.category).returning().get()
    const { name, description, items } = input
    const row = { name, description, category_id: owner.id }
    const made = tx.insert(product).values(row).returning().get()
    const rows = items.map(({ name, description, uom: unit }) => {
      return { product_id: made.id, name, description, uom_id: named(uom, unit).id }
    })
    tx.insert(product_item).values(rows).run()
    return made
  })
}

function save({ db }, graphs) {
  for (const { product_items, id, name, description, category_id } of graphs) {
    const values = { name, description, category_id }
    db.transaction((tx) => {
      tx.update(product).set(values).where(eq(product.id, id)).run()
      for (const { id, ...values } of product_items) {
        tx.update(product_item).set(values).where(eq(product_item.id, id)).run()
      }
    })
  }
  return null
}

function writes({ goods, inputs, edit, data, empty }) {
  return {
    createMany: { file: empty, work: (own) => createMany(own, goods) },
    'nested creates': {
      file: data,
      work: ({ db }) => inputs.nested.map((input) => create(db, input)),
    },
    'save graphs': {
      file: data,
      prepare: ({ db }) => {
        const args = { with: page, orderBy: asc(product.id), limit: inputs.edited.length }
        const graphs = db.query.product.findMany(args).sync()
        graphs.forEach(edit)
        return graphs
      },
      work: save,
    },
    'cascade delete': {
      file: data,
      work: ({ db }) => {
        for (const id of inputs.deleted) db.delete(category).where(eq(category.id, id)).run()
        return null
      },
    },
  }
}

export async function open(context) {
  const fresh = async (data) => {
    const file = await openFile(context, data)
    return { file, db: drizzle(file, { schema }) }
  }
  const { db } = await fresh(context.data)
  return {
    first: () => db.select().from(product).where(eq(product.id, 1)).get(),
    workloads: {
      ...reads(db, context.inputs),
      '200 searches': 'no full-text search',
      ...writes(context),
    },
    fresh,
    content: ({ file }) => contentOf(file),
    close: ({ file }) => file.close(),
  }
}
