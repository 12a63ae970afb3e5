// What both threads of a consumer's project do with the package: a little of each entry.
import { exportCsv, importCsv } from 'vitrine/csv'
import { exportJson } from 'vitrine/json'
import { CatalogError, openCatalog } from 'vitrine/sync'

export async function runShop() {
  const db = await openCatalog()
  importCsv(db, 'uom', 'name,symbol\nkilogram,kg\npair,\n')
  db.product.create({
    name: 'Hiking boot',
    description: 'Waterproof',
    category: { connectOrCreate: { name: 'Boots', description: 'For feet' } },
    product_items: {
      create: [{ name: '42', description: '', uom: { connect: { name: 'pair' } } }],
    },
  })
  const again = await openCatalog({ data: db.export() })
  let code = ''
  try {
    again.uom.create({ name: 'pair' })
  } catch (error) {
    code = error instanceof CatalogError ? error.code : String(error)
  }
  const [boot] = again.product.find({
    search: 'water',
    include: { category: true, product_items: { include: { uom: true } } },
  })
  const result = [
    boot.category.name,
    boot.product_items[0].uom.name,
    again.sql`SELECT count(*) AS n FROM uom WHERE symbol = ${'kg'}`[0].n,
    exportCsv(again, 'category', { columns: ['name'] }).trim(),
    JSON.parse(exportJson(again)).product.length,
    code,
  ].join(' | ')
  db.close()
  again.close()
  return result
}
