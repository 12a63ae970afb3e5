// The lane of Kysely on sql.js: its query builder, and its JSON helpers for what is nested.
import { Kysely, ParseJSONResultsPlugin } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/sqlite'
import { sqljsDialect } from './kysely-dialect.mjs'
import { contentOf, openFile } from './sqljs-file.mjs'

const kProduct = ['id', 'name', 'description', 'category_id']
const kItem = ['id', 'product_id', 'name', 'description', 'uom_id']
const kCategory = ['id', 'name', 'description']
const kParametersAtMost = 30_000

const categoryOf = (from) =>
  jsonObjectFrom(
    from.selectFrom('category').select(kCategory).whereRef('category.id', '=', 'category_id'),
  ).as('category')

const unitOf = (from) =>
  jsonObjectFrom(
    from.selectFrom('uom').select(['id', 'name', 'symbol']).whereRef('uom.id', '=', 'uom_id'),
  ).as('uom')

const itemsOf = (from, more = []) =>
  jsonArrayFrom(
    from
      .selectFrom('product_item')
      .select([...kItem, ...more])
      .whereRef('product_item.product_id', '=', 'product.id')
      .orderBy('product_item.id'),
  ).as('product_items')

const lastOf = (from) =>
  jsonArrayFrom(
    from
      .selectFrom('product')
      .select(kProduct)
      .whereRef('product.category_id', '=', 'category.id')
      .orderBy('name', 'desc')
      .limit(3),
  ).as('products')

async function each(list, work) {
  const results = []
  for (const input of list) results.push(await work(input))
  return results
}

function reads(db, { ids, names, pages }) {
  const products = db.selectFrom('product').select(kProduct)
  const paged = products.select((from) => [categoryOf(from), itemsOf(from)]).orderBy('id')
  return {
    'rows of one table': () => db.selectFrom('product_item').select(kItem).orderBy('id').execute(),
    'whole graph': () =>
      products
        .select((from) => [categoryOf(from), itemsOf(from, [unitOf])])
        .orderBy('id')
        .execute(),
    '200 pages': () =>
      each(pages, ({ limit, offset }) => paged.limit(limit).offset(offset).execute()),
    '10,000 get by id': () =>
      each(ids, (id) => products.where('id', '=', id).executeTakeFirstOrThrow()),
    '10,000 get by name': () =>
      each(names, (name) => products.where('name', '=', name).executeTakeFirstOrThrow()),
    'top 3 per category': () =>
      db
        .selectFrom('category')
        .select([...kCategory, lastOf])
        .orderBy('id')
        .execute(),
    aggregate: () =>
      db
        .selectFrom('product')
        .select(({ fn }) => [
          'category_id',
          fn.countAll().as('products'),
          fn.min('name').as('first'),
          fn.max('name').as('last'),
        ])
        .groupBy('category_id')
        .orderBy('category_id')
        .execute(),
  }
}

async function createMany({ db }, goods) {
  await db.transaction().execute(async (tx) => {
    for (const [table, rows] of Object.entries(goods)) {
      const batch = Math.floor(kParametersAtMost / Object.keys(rows[0]).length)
      for (let at = 0; at < rows.length; at += batch) {
        await tx
          .insertInto(table)
          .values(rows.slice(at, at + batch))
          .execute()
      }
    }
  })
  return null
}

function create(db, { category, items, ...product }) {
  return db.transaction().execute(async (tx) => {
    const named = (table, name) =>
      tx.selectFrom(table).select('id').where('name', '=', name).executeTakeFirst()
    const made = (table, values, columns) =>
      tx.insertInto(table).values(values).returning(columns).executeTakeFirstOrThrow()
    const owner =
      (await named('category', category.name)) ?? (await made('category', category, 'id'))
    const row = await made('product', { ...product, category_id: owner.id }, kProduct)
    const rows = await each(items, async ({ uom, ...item }) => {
      return { ...item, product_id: row.id, uom_id: (await named('uom', uom)).id }
    })
    await tx.insertInto('product_item').values(rows).execute()
    return row
  })
}

async function save({ db }, graphs) {
  for (const { product_items, id, name, description, category_id } of graphs) {
    const values = { name, description, category_id }
    await db.transaction().execute(async (tx) => {
      await tx.updateTable('product').set(values).where('id', '=', id).execute()
      for (const { id, ...values } of product_items) {
        await tx.updateTable('product_item').set(values).where('id', '=', id).execute()
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
      work: ({ db }) => each(inputs.nested, (input) => create(db, input)),
    },
    'save graphs': {
      file: data,
      prepare: async ({ db }) => {
        const query = db
          .selectFrom('product')
          .select((from) => [...kProduct, categoryOf(from), itemsOf(from)])
          .orderBy('id')
        const graphs = await query.limit(inputs.edited.length).execute()
        graphs.forEach(edit)
        return graphs
      },
      work: save,
    },
    'cascade delete': {
      file: data,
      work: async ({ db }) => {
        for (const id of inputs.deleted) {
          await db.deleteFrom('category').where('id', '=', id).execute()
        }
        return null
      },
    },
  }
}

export async function open(context) {
  const fresh = async (data) => {
    const file = await openFile(context, data)
    const plugins = [new ParseJSONResultsPlugin()]
    return { file, db: new Kysely({ dialect: sqljsDialect(file), plugins }) }
  }
  const { db } = await fresh(context.data)
  return {
    first: () => db.selectFrom('product').select(kProduct).where('id', '=', 1).executeTakeFirst(),
    workloads: {
      ...reads(db, context.inputs),
      '200 searches': 'no full-text search',
      ...writes(context),
    },
    fresh,
    content: ({ file }) => contentOf(file),
    close: ({ db: own }) => own.destroy(),
  }
}
