// Imports and exports take catalogs and transactions of both entries, by their own types too.
import type { Catalog as LaterCatalog, Transaction as LaterTransaction } from 'vitrine'
import { exportArchive, importArchive } from 'vitrine/archive'
import { exportCsv, importCsv } from 'vitrine/csv'
import type { ImportOptions } from 'vitrine/csv'
import { exportJson, importJson } from 'vitrine/json'
import type { Catalog, Transaction } from 'vitrine/sync'

export function atOnce(db: Catalog, tx: Transaction): [number, string] {
  const columns = { Article: 'name', Shelf: 'category.name', Price: null } as const
  const { created } = importCsv(db, 'product', '', { columns })
  const also = db.transaction((inner) => importCsv(inner, 'product', '', { columns }).created)
  const { rows } = importJson(tx, {}, { dryRun: true })
  const text = exportCsv(tx, 'product', { columns: ['name', 'category.name'] }) + exportJson(tx)
  return [
    created + also + rows + importCsv(tx, 'uom', '').rows + importJson(db, {}).rows,
    text + exportCsv(db, 'uom') + exportJson(db),
  ]
}

export async function later(db: LaterCatalog, tx: LaterTransaction): Promise<number> {
  const reports = [importCsv(db, 'uom', ''), importCsv(tx, 'uom', ''), importJson(tx, {})]
  const texts: Promise<string>[] = [exportCsv(db, 'uom'), exportCsv(tx, 'uom'), exportJson(tx)]
  const inner = await db.transaction((own) => importCsv(own, 'uom', ''))
  const { signal } = new AbortController()
  const ways: ImportOptions = { signal, onProgress: (part) => part.toFixed(2) }
  const { created } = await importArchive(db, await exportArchive(db), ways)
  await Promise.all([importCsv(db, 'uom', '', ways), importJson(db, {}, ways)])
  return inner.created + created + (await Promise.all([...reports, ...texts])).length
}

export function refused(db: Catalog, tx: Transaction): void {
  // @ts-expect-error no such model
  importCsv(db, 'units', '')
  // @ts-expect-error no such model
  importCsv(tx, 'units', '')
  // @ts-expect-error no such column
  exportCsv(tx, 'uom', { columns: ['nme'] })
  // @ts-expect-error no such column behind the relation
  exportCsv(tx, 'product', { columns: ['category.nme'] })
  // @ts-expect-error a cell is no list
  importCsv(db, 'product', '', { columns: { Item: 'product_items.name' } })
  // @ts-expect-error one reference, no more
  exportCsv(db, 'product_item', { columns: { Category: 'product.category.name' } })
  // @ts-expect-error no such option
  importJson(db, {}, { dryrun: true })
}
