// The texts of an archive as rows that are still to be written: a row that is there by its key or a
// unique value is changed, and any other is made, so that importing twice is importing once.
import { dataOf, placesOf } from '../exchange/csv-rows.js'
import { byDependency } from '../exchange/dependency.js'
import type { Step } from '../exchange/import-rows.js'
import type { Place } from '../exchange/paths.js'
import { readCsv } from '../exchange/read-csv.js'
import type { CsvRecord } from '../exchange/read-csv.js'
import { tableSteps } from '../exchange/table-rows.js'
import type { FileRow, Moved, Tables } from '../exchange/table-rows.js'
import type { PlainRow } from '../packet/shape.js'
import type { CatalogDescription, ModelDescription } from '../types/description.js'
import { isObject, jsonOf, refuse, textOf } from './files.js'
import type { ArchiveFiles } from './files.js'
import { kCatalog, textModels } from './layout.js'

/** `row` as a row of the model. Fails with IMPORT when it is none. */
export function checkRow(model: ModelDescription, row: unknown): PlainRow {
  if (!isObject(row)) refuse('', 'A row is an object of columns and values.')
  for (const name of Object.keys(row)) {
    const isKnown = model.columns.some((column) => column.name === name)
    if (!isKnown) refuse(name, `${model.name} has no such column.`)
  }
  return row
}

async function jsonSteps(catalog: CatalogDescription, files: ArchiveFiles, moved: Moved) {
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
    const listed = rows.map((row, index): FileRow => {
      const place = `${kCatalog}, ${model.table} ${index + 1}`
      return { line: index + 1, place, data: () => checkRow(model, row) }
    })
    return tableSteps(model, listed, moved)
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

async function csvSteps(
  catalog: CatalogDescription,
  model: ModelDescription,
  files: ArchiveFiles,
  moved: Moved,
) {
  const name = `${model.table}.csv`
  const file = files.get(name)
  if (file === undefined) return []
  const { places, records } = tableOf(catalog, model, name, await textOf(name, file))
  const listed = records.map((record): FileRow => {
    const { line } = record
    return { line, place: `${name}, line ${line}`, data: () => dataOf(places, record) }
  })
  return tableSteps(model, listed, moved)
}

/**
 * The rows of catalog.json or of the .csv files, those that are referred to first; `moved` learns
 * which of them have another key in the catalog.
 */
export async function rowSteps(
  catalog: CatalogDescription,
  files: ArchiveFiles,
  moved: Moved,
): Promise<Step<Tables>[]> {
  const found = await jsonSteps(catalog, files, moved)
  const known = textModels(catalog)
  for (const model of byDependency(catalog).filter((one) => known.includes(one))) {
    const more = await csvSteps(catalog, model, files, moved)
    if (more.length > 0 && files.has(kCatalog)) {
      refuse(`${model.table}.csv`, `${kCatalog} has these rows too: take one of them away.`)
    }
    found.push(...more)
  }
  return found
}
