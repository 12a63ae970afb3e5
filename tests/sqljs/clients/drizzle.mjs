// Drizzle, by drizzle-orm/sql-js, with a transaction.
import { asc, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/sql-js'
import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bytes, kCategories, kTables, product } from './graph.mjs'

const category = sqliteTable('category', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
})
const products = sqliteTable('product', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  price: real('price'),
  picture: blob('picture'),
  categoryId: integer('category_id'),
})

function store(db) {
  db.transaction((tx) => {
    for (const { name, products: list } of kCategories) {
      const [{ id }] = tx.insert(category).values({ name }).returning().all()
      const rows = list.map((one) => ({ ...one, picture: bytes(one.picture), categoryId: id }))
      tx.insert(products).values(rows).run()
    }
  })
}

export async function drizzleGraph({ Database }) {
  const file = new Database()
  file.run(kTables)
  const db = drizzle(file)
  store(db)
  db.update(products).set({ price: 12 }).where(eq(products.name, 'Cap')).run()
  db.delete(products).where(eq(products.name, 'To be deleted')).run()
  const rows = db
    .select()
    .from(category)
    .leftJoin(products, eq(products.categoryId, category.id))
    .orderBy(asc(category.id), asc(products.id))
    .all()
  file.close()
  return rows.map((row) => ({ name: row.category.name, products: [product(row.product)] }))
}
