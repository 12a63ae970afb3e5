// TypeORM's sqljs driver, which is given the module and makes its tables itself.
import 'reflect-metadata'
import typeorm from 'typeorm'
import { bytes, kCategories, product } from './graph.mjs'

const { DataSource, EntitySchema } = typeorm
const id = { type: 'integer', primary: true, generated: 'increment' }
const name = { type: 'text' }

const entities = [
  new EntitySchema({
    name: 'category',
    columns: { id, name: { ...name, unique: true } },
    relations: {
      products: {
        type: 'one-to-many',
        target: 'product',
        inverseSide: 'category',
        cascade: ['insert', 'update'],
      },
    },
  }),
  new EntitySchema({
    name: 'product',
    columns: {
      id,
      name,
      price: { type: 'real', nullable: true },
      picture: { type: 'blob', nullable: true },
    },
    relations: {
      category: { type: 'many-to-one', target: 'category', inverseSide: 'products' },
    },
  }),
]

export async function typeormGraph(sqlJs) {
  const source = new DataSource({ type: 'sqljs', driver: sqlJs, entities, synchronize: true })
  await source.initialize()
  const categories = source.getRepository('category')
  const products = source.getRepository('product')
  const graph = kCategories.map((one) => ({
    ...one,
    products: one.products.map((each) => ({ ...each, picture: bytes(each.picture) })),
  }))
  await source.transaction((manager) => manager.getRepository('category').save(graph))
  const cap = await products.findOneByOrFail({ name: 'Cap' })
  await products.save({ ...cap, price: 12 })
  await products.delete({ name: 'To be deleted' })
  const order = { id: 'ASC', products: { id: 'ASC' } }
  const loaded = await categories.find({ relations: { products: true }, order })
  await source.destroy()
  return loaded.map((one) => ({ name: one.name, products: one.products.map(product) }))
}
