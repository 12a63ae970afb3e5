// Dexie on IndexedDB. Its commits are made as durable as the others: by default a browser answers
// before they are on the disk.
import { Dexie } from 'dexie'
import { attach, withCategory, withUnits } from '../../lanes/attach.mjs'
import { commitTimes, reads, times } from '../measure.mjs'

const kTables = {
  category: '++id, &name',
  uom: '++id, &name',
  product: '++id, &name, category_id',
  product_item: '++id, &name, product_id, uom_id',
}

function openStore() {
  const db = new Dexie('goods', { chromeTransactionDurability: 'strict' })
  db.version(1).stores(kTables)
  return db
}

export async function prepare({ goods }) {
  const db = openStore()
  for (const [table, rows] of Object.entries(goods)) await db[table].bulkAdd(rows)
  db.close()
}

async function graph(db) {
  const tables = [db.product, db.product_item, db.category, db.uom]
  const found = await Promise.all(tables.map((table) => table.toArray()))
  const [products, items, categories, units] = found
  withCategory(products, categories)
  withUnits(items, units)
  return attach(products, 'product_items', items, 'product_id')
}

export async function open() {
  const db = openStore()
  const commit = (n) => db.category.add({ name: `New ${n}`, description: 'Just made' })
  const get = (n) => db.product.get((n % 997) + 1)
  const workloads = {
    'graph to the page': () => reads(7, 3, () => graph(db)),
    'get, there and back': async () => ({ values: await times(1_000, 200, get) }),
    'one-row commit': async () => ({ values: await commitTimes(commit) }),
  }
  return { graph: () => graph(db), workloads }
}
