// vitrine/csv: tables as CSV, in and out. An entry of its own, so that the reader of CSV is loaded
// only where it is used.
import { CatalogError } from './errors.js'
import { csvLine, csvText, dataOf, placesOf, valuesOf } from './exchange/csv-rows.js'
import { drive, driveAtOnce, walkRows } from './exchange/drive.js'
import type { Readable, Transacting, Work } from './exchange/drive.js'
import { kImportOptions, waysOf } from './exchange/import-options.js'
import type { ImportOptions } from './exchange/import-options.js'
import { importRows } from './exchange/import-rows.js'
import type { ImportReport, Step } from './exchange/import-rows.js'
import { modelOf, modelsOf, placeOf, storedColumns } from './exchange/paths.js'
import type { Place } from './exchange/paths.js'
import { readCsv } from './exchange/read-csv.js'
import type { CsvSource } from './exchange/read-csv.js'
import { tableSteps } from './exchange/table-rows.js'
import type { FileRow, Table as Updating } from './exchange/table-rows.js'
import type { SeedModels } from './generated/models.js'
import { options } from './options.js'
import type { Options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import type { PathOf } from './types/aggregate.js'
import type { Transaction } from './types/catalog.js'
import type { Models } from './types/facts.js'
import type { Kind, Reply } from './types/kind.js'
import type { Page } from './types/request.js'
import type { ModelDescription } from './types/description.js'

export type { CsvSource } from './exchange/read-csv.js'
export type { ImportOptions } from './exchange/import-options.js'
export type { ImportIssue, ImportReport } from './exchange/import-rows.js'

/** A column, or one of a row that is referred to: 'name', 'category.name'. */
export type CsvPath<S extends Models<S>, M extends keyof S> = PathOf<S, M, [1]>

export interface ImportCsvOptions<S extends Models<S>, M extends keyof S> extends ImportOptions {
  /**
   * Which column each header of the file means, null for none. Headers that are not named here mean
   * the column of that name.
   */
  columns?: Readonly<Record<string, CsvPath<S, M> | null>>
  /**
   * What becomes of rows that are there already, by their key or else a unique column: 'refuse'
   * makes them bad lines, 'update' changes them. 'refuse' when left out.
   */
  existing?: 'refuse' | 'update'
}

export interface ExportCsvOptions<S extends Models<S>, M extends keyof S> extends Omit<
  Page<S, M>,
  'limit' | 'offset'
> {
  /** What the columns are, by their headers, or a list where the headers are the names. */
  columns?: readonly CsvPath<S, M>[] | Readonly<Record<string, CsvPath<S, M>>>
}

// The untyped face of a model.
interface Table extends Updating {
  create(data: PlainRow, shape: PlainRow): unknown
}

type Tables = Readonly<Record<string, Table>>

function fail(path: string, message: string): never {
  throw new CatalogError({ code: 'VALIDATION', path, message })
}

/**
 * Reads a CSV into a model: all of its lines, or none. Separated by commas, semicolons or tabs; the
 * first line names the columns. 'category.name' finds the row that is referred to by its unique
 * key. In a transaction it belongs to that.
 * Fails with IMPORT, with an issue for every bad line; VALIDATION when the columns do not fit;
 * ABORTED when `signal` says so; RANGE when the file is longer than a text can be, about 512 MB.
 * @example
 * const file = 'Name,Sign\ngram,g\nlitre,l\n'
 * importCsv(db, 'uom', file, { columns: { Name: 'name', Sign: 'symbol' } }).created // 2
 */
export function importCsv<
  S extends Models<S> = SeedModels,
  M extends keyof S = keyof S,
  K extends Kind = 'sync',
>(
  db: Transaction<S, K>,
  model: M,
  file: CsvSource,
  choice: ImportCsvOptions<S, M> = {},
): Reply<K, ImportReport> {
  const given = options(choice, 'importCsv', ['columns', 'existing', ...kImportOptions])
  const { columns = {}, existing = 'refuse' } = given
  const ways = waysOf(given)
  if (existing !== 'refuse' && existing !== 'update') {
    fail('existing', "existing must be 'refuse' or 'update'.")
  }
  const catalog = modelsOf(db, 'importCsv()')
  const facts = modelOf(catalog, String(model))
  const [header, ...records] = readCsv(file)
  if (header.mistake !== null) fail('', `The first line is no CSV: ${header.mistake}.`)
  const places = placesOf(catalog, facts, header, columns as Options)
  const rows = records.map((record): FileRow => {
    const { line } = record
    return { line, place: `line ${line}`, data: () => dataOf(places, record) }
  })
  const all = existing === 'update' ? tableSteps(facts, rows, null) : creatingSteps(facts, rows)
  const steps = { count: all.length, all }
  const work = importRows(db as unknown as Transacting<Tables>, steps, ways)
  return drive(work) as Reply<K, ImportReport>
}

function creatingSteps(model: ModelDescription, rows: readonly FileRow[]): Step<Tables>[] {
  const select = { select: model.primary_key }
  const write = function* (tx: Tables, { data }: FileRow): Work<number> {
    yield tx[model.table].create(data(), select)
    return 1
  }
  return rows.map((row) => {
    const { line, place } = row
    return { line, place, model: model.name, write: (tx) => write(tx, row) }
  })
}

// What find has to bring for these places.
function requestOf(places: readonly Place[]): PlainRow {
  const select = places.filter(({ relation }) => relation === null).map(({ column }) => column.name)
  const include: Record<string, { select: string[] }> = {}
  for (const { relation, column } of places) {
    if (relation !== null) (include[relation.name] ??= { select: [] }).select.push(column.name)
  }
  return { include, ...(select.length > 0 && { select }) }
}

/**
 * A model as CSV (RFC 4180, UTF-8): a line of headers, then a line for each row. Text that a
 * spreadsheet would run as a formula gets an apostrophe in front; importCsv takes it away.
 * @example
 * exportCsv(db, 'product', { columns: { Name: 'name', Category: 'category.name' } })
 */
export function exportCsv<
  S extends Models<S> = SeedModels,
  M extends keyof S = keyof S,
  K extends Kind = 'sync',
>(db: Transaction<S, K>, model: M, choice: ExportCsvOptions<S, M> = {}): Reply<K, string> {
  const { columns, ...page } = options(choice, 'exportCsv', ['columns', 'where', 'orderBy'])
  const catalog = modelsOf(db, 'exportCsv()')
  const facts = modelOf(catalog, String(model))
  const asked = (columns ?? storedColumns(facts)) as
    readonly string[] | Readonly<Record<string, string>>
  const pairs = Array.isArray(asked)
    ? (asked as readonly string[]).map((path) => [path, path])
    : Object.entries(asked as Readonly<Record<string, string>>)
  if (pairs.length === 0) fail('columns', 'columns must name a column at least.')
  const places = pairs.map(([header, path]) =>
    placeOf(catalog, facts, header, path, `columns.${header}`),
  )
  const reading = db as unknown as Readable<Tables>
  const work = (tx: Tables): Work<string> => exportRows(tx[facts.table], places, page)
  return driveAtOnce(reading, work) as Reply<K, string>
}

function* exportRows(table: Table, places: readonly Place[], page: PlainRow): Work<string> {
  const lines = [csvLine(places.map(({ header }) => header))]
  yield* walkRows(table.iterate({ ...page, ...requestOf(places) }), (row) => {
    lines.push(csvLine(valuesOf(places, row)))
  })
  return csvText(lines)
}
