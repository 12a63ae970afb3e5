// The lane of Vitrine: one call per workload.
import { openCatalog } from 'vitrine/sync'

export async function open(data) {
  const db = await openCatalog({ data })
  return {
    'rows of one table': () => db.product_item.find(),
    'whole graph': () => db.product.find({ include: { category: true, product_items: true } }),
    '200 pages of 20': () => {
      const rows = []
      for (let page = 0; page < 200; page++) {
        const include = { category: true, product_items: true }
        rows.push(...db.product.find({ include, limit: 20, offset: page * 20 }))
      }
      return rows
    },
  }
}
