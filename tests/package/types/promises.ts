// The promise entry, which is to come, has the same description: its Kind is 'async'. A test
// compiles this file beside the others.
import type { SeedModels } from 'vitrine/sync'
import type { CatalogOf } from '../node_modules/vitrine/dist/types/catalog.js'

type AsyncCatalog = CatalogOf<SeedModels, 'async'>

export async function calls(db: AsyncCatalog): Promise<void> {
  const rows = await db.product.find({ select: ['name'], include: { category: true } })
  rows.map((row) => [row.name, row.category?.name])
  for await (const row of db.product.iterate()) row.name.trim()
  const total: number = await db.transaction(async (tx) => tx.uom.count())
  await db.transaction(() => total)
  const groups = await db.product.aggregate({ values: { n: { count: true } } })
  groups.n.toFixed()
  const file: Uint8Array = await db.export()
  await db.sql`SELECT ${file} AS file`
  db.describe().models.map((model) => model.table)
}

export function refused(db: AsyncCatalog): void {
  // @ts-expect-error it is a promise
  void db.product.get(1).name
  // @ts-expect-error no such column
  void db.product.find({ where: { nme: 'x' } })
}
