// vitrine/json: whole catalogs as JSON, in and out: for diffs, for tests, and for programs that
// know no SQLite. Bytes are written as { "$bytes": base64 }.
import { CatalogError } from './errors.js'
import { byDependency } from './exchange/dependency.js'
import { collectRows, drive, driveAtOnce } from './exchange/drive.js'
import type { Readable, Transacting, Work } from './exchange/drive.js'
import { kImportOptions, waysOf } from './exchange/import-options.js'
import type { ImportOptions } from './exchange/import-options.js'
import { importRows } from './exchange/import-rows.js'
import type { ImportReport, Step } from './exchange/import-rows.js'
import { modelsOf, storedColumns } from './exchange/paths.js'
import type { SeedModels } from './generated/models.js'
import { jsonText } from './exchange/json-text.js'
import { options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import type { Transaction } from './types/catalog.js'
import type { CatalogDescription } from './types/description.js'
import type { Models } from './types/facts.js'
import type { Kind, Reply } from './types/kind.js'

export type { ImportOptions } from './exchange/import-options.js'
export type { ImportIssue, ImportReport } from './exchange/import-rows.js'

/** The rows of each table. */
export type CatalogJson = Readonly<Record<string, readonly object[]>>

interface Table {
  create(data: unknown, shape: PlainRow): unknown
  iterate(args: object): Iterable<PlainRow> | AsyncIterable<PlainRow>
}

type Tables = Readonly<Record<string, Table>>

function refuse(path: string, message: string): never {
  throw new CatalogError({ code: 'IMPORT', path, message })
}

/**
 * All rows of a catalog as JSON text: { "category": [{ "id": 1, … }], … }, in an order in which
 * they can be read back. They are of one moment: other tabs wait with what they write.
 * Fails with RANGE where that is more than a text can hold, about 512 MB.
 * @example
 * const text = exportJson(db)
 */
export function exportJson<S extends Models<S> = SeedModels, K extends Kind = 'sync'>(
  db: Transaction<S, K>,
): Reply<K, string> {
  const catalog = modelsOf(db, 'exportJson()')
  const reading = db as unknown as Readable<Tables>
  return driveAtOnce(reading, (tx) => exportTables(catalog, tx)) as Reply<K, string>
}

function* exportTables(catalog: CatalogDescription, tables: Tables): Work<string> {
  const all: [string, PlainRow[]][] = []
  for (const model of byDependency(catalog)) {
    const asked = { select: storedColumns(model) }
    all.push([model.table, yield* collectRows(tables[model.table].iterate(asked))])
  }
  return jsonText(Object.fromEntries(all))
}

function parse(source: string | CatalogJson): object {
  let value: unknown = source
  if (typeof source === 'string') {
    try {
      value = JSON.parse(source.replace(/^\ufeff/, ''))
    } catch (cause) {
      const message = `This is no JSON: ${(cause as Error).message}.`
      throw new CatalogError({ code: 'IMPORT', message, cause })
    }
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value
  return refuse('', 'Expected an object of tables: { "category": [{ … }] }.')
}

function* stepsOf(catalog: CatalogDescription, tables: Map<string, unknown>) {
  for (const model of byDependency(catalog)) {
    const rows = (tables.get(model.table) ?? []) as readonly unknown[]
    const columns = new Set(model.columns.map(({ name }) => name))
    const write = function* (tx: Tables, row: unknown): Work<number> {
      for (const name of Object.keys(row ?? {})) {
        if (!columns.has(name)) refuse(name, `${model.name} has no column "${name}".`)
      }
      yield tx[model.table].create(row, { select: model.primary_key })
      return 1
    }
    for (const [index, row] of rows.entries()) {
      const step: Step<Tables> = {
        line: index + 1,
        place: `${model.table} ${index + 1}`,
        model: model.name,
        write: (tx) => write(tx, row),
      }
      yield step
    }
  }
}

/**
 * Adds the rows of a catalog's JSON, with the keys that they have: all, or none. In a transaction
 * it belongs to that.
 * Fails with IMPORT, with an issue for every row that cannot be taken; with ABORTED by `signal`.
 * @example
 * importJson(db, { uom: [{ name: 'gram', symbol: 'g' }] }).created // 1
 */
export function importJson<S extends Models<S> = SeedModels, K extends Kind = 'sync'>(
  db: Transaction<S, K>,
  json: string | CatalogJson,
  choice: ImportOptions = {},
): Reply<K, ImportReport> {
  const ways = waysOf(options(choice, 'importJson', kImportOptions))
  const catalog = modelsOf(db, 'importJson()')
  const known = catalog.models.map(({ table }) => table)
  const tables = new Map<string, unknown>(Object.entries(parse(json)))
  for (const [name, rows] of tables) {
    if (!known.includes(name))
      refuse(name, `There is no table ${name}; there are ${known.join(', ')}.`)
    if (!Array.isArray(rows)) refuse(name, `${name} must be a list of rows.`)
  }
  const importing = db as unknown as Transacting<Tables>
  const count = [...tables.values()].reduce<number>((sum, rows) => sum + (rows as []).length, 0)
  const work = importRows(importing, { count, all: stepsOf(catalog, tables) }, ways)
  return drive(work) as Reply<K, ImportReport>
}
