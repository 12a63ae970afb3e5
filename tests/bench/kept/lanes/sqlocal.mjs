// SQLocal: SQL in a worker, in the browser's files through the official build's VFS `opfs`.
import { SQLocal } from 'sqlocal'
import { attach, withCategory, withUnits } from '../../lanes/attach.mjs'
import { kCategories, kItems, kProducts } from '../../lanes/sql.mjs'
import { commitTimes, reads, times } from '../measure.mjs'

const startWorker = () => new Worker('/own-worker.js', { type: 'module' })
const openFile = () => new SQLocal({ databasePath: 'goods.sqlite', processor: startWorker() })

export async function prepare({ data }) {
  const db = openFile()
  await db.overwriteDatabaseFile(data.buffer)
  await db.destroy()
}

const kUnits = 'SELECT id, name, symbol FROM uom'

// In one batch, as somebody would who wants it fast.
async function graph({ batch }) {
  const texts = [`${kProducts} ORDER BY id`, `${kItems} ORDER BY id`, kCategories, kUnits]
  const [products, items, categories, units] = await batch(() =>
    texts.map((sql) => ({ sql, params: [] })),
  )
  withCategory(products, categories)
  withUnits(items, units)
  return attach(products, 'product_items', items, 'product_id')
}

export async function open() {
  const db = openFile()
  const { sql } = db
  const commit = (n) =>
    sql`INSERT INTO category (name, description) VALUES (${`New ${n}`}, ${'Just made'})`
  const get = (n) =>
    sql`SELECT id, name, description, category_id FROM product WHERE id = ${(n % 997) + 1}`
  const workloads = {
    'graph to the page': () => reads(7, 3, () => graph(db)),
    'get, there and back': async () => ({ values: await times(1_000, 200, get) }),
    'one-row commit': async () => ({ values: await commitTimes(commit) }),
  }
  return { graph: () => graph(db), workloads }
}
