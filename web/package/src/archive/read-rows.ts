// The texts of an archive as rows that are still to be written: a row that is there by its key or a
// unique value is changed, and any other is made, so that importing twice is importing once.
import { dataOf, placesOf } from '../exchange/csv-rows.js'
import { byDependency } from '../exchange/dependency.js'
import type { Work } from '../exchange/drive.js'
import type { Step } from '../exchange/import-rows.js'
import type { Place } from '../exchange/paths.js'
import { readCsv } from '../exchange/read-csv.js'
import type { CsvRecord } from '../exchange/read-csv.js'
import type { CatalogDescription, ModelDescription } from '../types/description.js'
import { isObject, jsonOf, refuse, textOf } from './files.js'
import type { ArchiveFiles } from './files.js'
import { kCatalog, textModels } from './layout.js'

interface Table {
  count(args: object): unknown
  upsert(data: unknown, shape: object): unknown
}

/** What a transaction gives, of either kind. */
export type Tables = Readonly<Record<string, Table>>

/** Writes a row with its key; how many rows are new. */
export function* writeRow(tx: Tables, model: ModelDescription, row: unknown): Work<number> {
  if (!isObject(row)) refuse('', 'A row is an object of columns and values.')
  const columns = model.columns.map(({ name }) => name)
  for (const name of Object.keys(row)) {
    if (!columns.includes(name)) refuse(name, `${model.name} has no such column.`)
  }
  const key = model.primary_key.map((name) => [name, row[name]] as const)
  const hasKey = key.every(([, value]) => value !== undefined && value !== null)
  const where = Object.fromEntries(key)
  const there = hasKey ? ((yield tx[model.table].count({ where })) as number) : 0
  yield tx[model.table].upsert(row, { select: model.primary_key })
  return there > 0 ? 0 : 1
}

function steps(
  model: ModelDescription,
  rows: readonly (readonly [line: number, place: string, data: () => unknown])[],
): Step<Tables>[] {
  return rows.map(([line, place, data]) => {
    return { line, place, model: model.name, write: (tx) => writeRow(tx, model, data()) }
  })
}

async function jsonSteps(catalog: CatalogDescription, files: ArchiveFiles) {
  const file = files.get(kCatalog)
  if (file === undefined) return []
  const tables = await jsonOf(kCatalog, file)
  if (!isObject(tables)) refuse(kCatalog, 'expected an object of tables: { "category": [{ … }] }.')
  const known = textModels(catalog)
  for (const table of Object.keys(tables)) {
    if (known.every((one) => one.table !== table)) refuse(kCatalog, `it has no table ${table}.`)
    if (!Array.isArray(tables[table])) refuse(kCatalog, `${table} must be a list of rows.`)
  }
  return byDependency(catalog).flatMap((model) => {
    const rows = (tables[model.table] ?? []) as readonly unknown[]
    const listed = rows.map((row, index) => {
      return [index + 1, `${kCatalog}, ${model.table} ${index + 1}`, () => row] as const
    })
    return steps(model, listed)
  })
}

function tableOf(
  catalog: CatalogDescription,
  model: ModelDescription,
  name: string,
  text: string,
): { places: (Place | null)[]; records: CsvRecord[] } {
  try {
    const [header, ...records] = readCsv(text)
    return { places: placesOf(catalog, model, header, {}), records }
  } catch (error) {
    return refuse(name, (error as Error).message, error)
  }
}

async function csvSteps(catalog: CatalogDescription, model: ModelDescription, files: ArchiveFiles) {
  const name = `${model.table}.csv`
  const file = files.get(name)
  if (file === undefined) return []
  const { places, records } = tableOf(catalog, model, name, await textOf(name, file))
  const listed = records.map((record) => {
    return [record.line, `${name}, line ${record.line}`, () => dataOf(places, record)] as const
  })
  return steps(model, listed)
}

/** The rows of catalog.json or of the .csv files, those that are referred to first. */
export async function rowSteps(
  catalog: CatalogDescription,
  files: ArchiveFiles,
): Promise<Step<Tables>[]> {
  const found = await jsonSteps(catalog, files)
  const known = textModels(catalog)
  for (const model of byDependency(catalog).filter((one) => known.includes(one))) {
    const more = await csvSteps(catalog, model, files)
    if (more.length > 0 && files.has(kCatalog)) {
      refuse(`${model.table}.csv`, `${kCatalog} has these rows too: take one of them away.`)
    }
    found.push(...more)
  }
  return found
}
