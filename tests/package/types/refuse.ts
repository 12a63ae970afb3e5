// What must not compile. A test compiles this file against the packed package: a line that compiles
// after all is reported, because its @ts-expect-error then expects nothing.
import type { Catalog } from 'vitrine/sync'

// Names that are no model, column, relation or option.
export function names(db: Catalog): void {
  // @ts-expect-error no such model
  db.products.find()
  // @ts-expect-error no such option
  db.product.find({ wher: {} })
  // @ts-expect-error no such column
  db.product.find({ where: { nme: 'x' } })
  // @ts-expect-error no such column behind the relation
  db.product.find({ where: { category: { nme: 'x' } } })
  // @ts-expect-error no such column
  db.product.find({ select: ['id', 'nme'] })
  // @ts-expect-error no such relation
  db.product.find({ include: { categry: true } })
  // @ts-expect-error no such relation of the related model
  db.product.find({ include: { category: true, product_items: { include: { unit: true } } } })
  // @ts-expect-error no such option of a relation
  db.product.find({ include: { product_items: { limt: 3 } } })
  // @ts-expect-error limit is for relations to many rows
  db.product.find({ include: { category: { limit: 3 } } })
  // @ts-expect-error only relations to many rows are counted
  db.product.find({ include: { _count: { category: true } } })
  // @ts-expect-error no such direction
  db.product.find({ orderBy: [{ name: 'up' }] })
  // @ts-expect-error only text has case and accents
  db.product.find({ orderBy: { id: 'ascFolded' } })
  // @ts-expect-error no such column
  db.product.find({ orderBy: { nme: 'asc' } })
  // @ts-expect-error an order names a direction
  db.category.find({ orderBy: 'name' })
  // @ts-expect-error a row that is referred to is ordered by a column of it
  db.product.find({ orderBy: { category: 'asc' } })
  // @ts-expect-error one row is not searched
  db.product.find({ include: { category: { search: 'x' } } })
  // @ts-expect-error an order through a relation to many rows has no meaning
  db.product.find({ orderBy: [{ product_items: { name: 'asc' } }] })
}

// Values and operators of the wrong type.
export function values(db: Catalog): void {
  // @ts-expect-error name is text
  db.product.find({ where: { name: 1 } })
  // @ts-expect-error numbers are not searched for text
  db.product.find({ where: { id: { like: '1%' } } })
  // @ts-expect-error a relation to many rows needs some, none or every
  db.product.find({ where: { product_items: { name: 'x' } } })
  // @ts-expect-error a relation to one row has no some
  db.product.find({ where: { category: { some: { name: 'x' } } } })
}

export function keys(db: Catalog): void {
  // @ts-expect-error description is not unique
  db.product.get({ description: 'x' })
  // @ts-expect-error the key has three columns
  db.product_picture.get({ width: 1, height: 1 })
  // @ts-expect-error a key of several columns is an object
  db.product_picture.get(1)
}

export function data(db: Catalog): void {
  const x = { name: 'x', description: 'y' }
  const disconnected: { disconnect: true } = { disconnect: true }
  db.product.update(1, { category: disconnected })
  db.product.update(1, { category: { connectOrCreate: x } })
  // @ts-expect-error description is required
  db.category.create({ name: 'x' })
  // @ts-expect-error no such column
  db.category.create({ name: 'x', description: 'y', colour: 'red' })
  // @ts-expect-error name is text
  db.category.create({ name: 1, description: 'y' })
  // @ts-expect-error a nested row needs what a row needs
  db.product.create({ name: 'x', description: 'y', product_items: { create: [{ name: 'z' }] } })
  // @ts-expect-error only update disconnects
  db.product.create({ name: 'x', description: 'y', category: { disconnect: true } })
  // @ts-expect-error one thing becomes of a relation to one row
  db.product.update(1, { category: { create: { name: 'x', description: 'y' }, connect: 1 } })
  // @ts-expect-error nor two for a new row
  db.product.create({ name: 'x', description: 'y', category: { connect: 1, create: x } })
  // @ts-expect-error a picture is one of a product
  db.product_picture.update({ width: 1, height: 1, product_id: 1 }, { product: null })
  // @ts-expect-error a picture is one of a product
  db.product_picture.update({ width: 1, height: 1, product_id: 1 }, { product: disconnected })
  // @ts-expect-error a picture is one of a product
  db.product_picture.create({ width: 1, height: 1, mimetype: 'image/png', product: null })
  // @ts-expect-error keys do not change
  db.product.update(1, { id: 2 })
  // @ts-expect-error name is required, so it cannot become null
  db.product.update(1, { name: null })
  // @ts-expect-error no such option
  db.product.delete(1, { dryrun: true })
}

// Results have what was asked for and no more.
export function results(db: Catalog): void {
  const texts: string[] = []
  // @ts-expect-error description was not selected
  texts.push(db.product.get(1, { select: ['name'] }).description)
  // @ts-expect-error category was not included
  texts.push(db.product.get(1).category)
  // @ts-expect-error there may be no category
  texts.push(db.product.get(1, { include: { category: true } }).category.name)
}

export function transactions(db: Catalog): void {
  // @ts-expect-error an async function cannot be a transaction's
  db.transaction(async () => undefined)
  // @ts-expect-error nor inside another
  db.transaction((tx) => tx.transaction(() => Promise.resolve(1)))
}

export function groups(db: Catalog): void {
  // @ts-expect-error no such column
  db.product.aggregate({ groupBy: ['nme'] })
  // @ts-expect-error no such column behind the relation
  db.product.aggregate({ groupBy: ['category.nme'] })
  // @ts-expect-error a group through a relation to many rows has no meaning
  db.product.aggregate({ groupBy: ['product_items.name'] })
  // @ts-expect-error name is no number
  db.product.aggregate({ values: { total: { sum: 'name' } } })
  // @ts-expect-error one function each
  db.product.aggregate({ values: { total: { count: true, sum: 'id' } } })
  // @ts-expect-error no such function
  db.product.aggregate({ values: { total: { total: 'id' } } })
  // @ts-expect-error there is no value m
  db.product.aggregate({ values: { n: { count: true } }, having: { m: { gt: 1 } } })
  // @ts-expect-error there is no value m
  db.product.aggregate({ values: { n: { count: true } }, orderBy: [{ m: 'asc' }] })
  // @ts-expect-error there is no value m
  db.product.aggregate({ values: { n: { count: true } }, orderBy: { m: 'asc' } })
  // @ts-expect-error nothing is asked for
  db.product.aggregate({ where: { id: 1 } })
  // @ts-expect-error an object of no values asks for nothing
  db.product.aggregate({ values: {} })
  // @ts-expect-error without groupBy there is one row
  db.product.aggregate({ values: { n: { count: true } }, limit: 1 })
  // @ts-expect-error of which nothing has to hold
  db.product.aggregate({ values: { n: { count: true } }, having: { n: { gt: 1 } } })
  // @ts-expect-error a count is a number
  db.uom.aggregate({ groupBy: ['id'], values: { n: { count: true } }, having: { n: { gt: 'x' } } })
  // @ts-expect-error name is text
  db.product.aggregate({ groupBy: ['name'], having: { name: { gt: 1 } } })
  // @ts-expect-error max was not asked for
  void db.product.aggregate({ values: { n: { count: true } } }).max
}

export function many(db: Catalog): void {
  // @ts-expect-error name is required
  db.uom.createMany([{ symbol: 'x' }])
  // @ts-expect-error createMany writes columns only
  db.uom.createMany([{ name: 'x', product_items: {} }])
  // @ts-expect-error which rows has to be said
  db.uom.updateMany({ data: { symbol: 'x' } })
  // @ts-expect-error keys do not change
  db.uom.updateMany({ where: {}, data: { id: 1 } })
  // @ts-expect-error which rows has to be said
  db.uom.deleteMany()
  // @ts-expect-error description is required
  db.category.upsert({ name: 'x' })
}

export function graphs(db: Catalog): void {
  // @ts-expect-error no such column
  db.product.save({ id: 1, nme: 'x' })
  // @ts-expect-error name is text
  db.product.save({ id: 1, product_items: [{ name: 1 }] })
  // @ts-expect-error a picture is one of a product
  db.product_picture.save({ width: 1, height: 1, product_id: 1, product: null })
  // @ts-expect-error a relation to many rows is a list
  db.product.save({ id: 1, product_items: { name: 'x' } })
  // @ts-expect-error a graph is a row
  db.product.save('x')
  // @ts-expect-error one row, not a list
  db.product.save([])
  // @ts-expect-error what it refers to is a row too
  db.product.save({ id: 1, category: 'x' })
}

// A model without relations takes no more than others.
export function alone(db: Catalog): void {
  // @ts-expect-error filters are an object
  db.image_blob.find({ where: 'x' })
  // @ts-expect-error so is what is included
  db.image_blob.find({ include: 'x' })
  // @ts-expect-error and what changes
  db.image_blob.update('ab', 'x')
  // @ts-expect-error it has no rows to count
  db.product_picture.find({ include: { _count: 'x' } })
}

export function statements(db: Catalog): void {
  // @ts-expect-error sql is a tag, not a function of text
  db.sql('SELECT 1')
  // @ts-expect-error a list is no value of SQL
  void db.sql`SELECT ${[1]}`
  // @ts-expect-error undefined is no value
  void db.sql`SELECT ${undefined}`
}
