// Kysely on the official dialect for sql.js of kysely-wasm, with a transaction.
import { Kysely } from 'kysely'
import { SqlJsDialect } from 'kysely-wasm'
import { bytes, kCategories, kTables, product } from './graph.mjs'

async function store(db) {
  await db.transaction().execute(async (tx) => {
    for (const { name, products } of kCategories) {
      const category = await tx
        .insertInto('category')
        .values({ name })
        .returning('id')
        .executeTakeFirstOrThrow()
      const rows = products.map((one) => {
        return { ...one, picture: bytes(one.picture), category_id: category.id }
      })
      await tx.insertInto('product').values(rows).execute()
    }
  })
}

export async function kyselyGraph({ Database }) {
  const file = new Database()
  file.run(kTables)
  const db = new Kysely({ dialect: new SqlJsDialect({ database: file }) })
  await store(db)
  await db.updateTable('product').set({ price: 12 }).where('name', '=', 'Cap').execute()
  await db.deleteFrom('product').where('name', '=', 'To be deleted').execute()
  const rows = await db
    .selectFrom('category')
    .innerJoin('product', 'product.category_id', 'category.id')
    .select(['category.name as category', 'product.name', 'price', 'picture'])
    .orderBy('product.id')
    .execute()
  await db.destroy()
  return rows.map((row) => ({ name: row.category, products: [product(row)] }))
}
