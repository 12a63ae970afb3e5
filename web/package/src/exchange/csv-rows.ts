// Rows as lines of CSV, and back: which cell belongs to which column, and what it says.
import { CatalogError } from '../errors.js'
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import type { CatalogDescription, ModelDescription } from '../types/description.js'
import { cellOf, valueOf } from './cells.js'
import { oneText } from './json-text.js'
import { checkFinds, placeOf } from './paths.js'
import type { Place } from './paths.js'
import type { CsvRecord } from './read-csv.js'

function fail(path: string, message: string): never {
  throw new CatalogError({ code: 'VALIDATION', path, message })
}

/**
 * The places of a file's columns; null for a column that is left out. Fails with VALIDATION when
 * they do not fit the model.
 */
export function placesOf(
  catalog: CatalogDescription,
  model: ModelDescription,
  header: CsvRecord,
  mapped: Options,
): (Place | null)[] {
  for (const name of Object.keys(mapped)) {
    if (!header.cells.includes(name)) {
      fail(
        `columns.${name}`,
        `The file has no column "${name}"; it has ${header.cells.join(', ')}.`,
      )
    }
  }
  const taken = new Set<string>()
  return header.cells.map((cell) => {
    const name = cell.trim()
    const option = `columns.${name}`
    const path = Object.hasOwn(mapped, cell) ? mapped[cell] : name
    if (path === null) return null
    if (typeof path !== 'string') fail(option, `${option} must be a column, or null for none.`)
    if (taken.has(path)) fail(option, `Two columns of the file mean ${path}: map one to null.`)
    taken.add(path)
    const place = placeOf(catalog, model, name, path, option)
    checkFinds(model, place, option)
    return place
  })
}

/** What a line says, as create() takes it. Fails with IMPORT or VALIDATION. */
export function dataOf(places: readonly (Place | null)[], { cells, mistake }: CsvRecord): PlainRow {
  if (mistake !== null) throw new CatalogError({ code: 'IMPORT', message: `${mistake}.` })
  if (cells.length !== places.length) {
    const message = `The line has ${cells.length} cells, and the first line names ${places.length}.`
    throw new CatalogError({ code: 'IMPORT', message })
  }
  const data: PlainRow = {}
  places.forEach((place, index) => {
    if (place === null) return
    const { relation, column } = place
    if (relation === null) data[column.name] = valueOf(column, cells[index])
    else if (cells[index] === '') data[relation.name] = null
    else data[relation.name] = { connect: { [column.name]: valueOf(column, cells[index]) } }
  })
  return data
}

/** What a row says at these places, as text. */
export const valuesOf = (places: readonly Place[], row: PlainRow): string[] =>
  places.map(({ relation, column }) => {
    const holder = (relation === null ? row : row[relation.name]) as PlainRow | null
    return cellOf(column, holder === null ? null : holder[column.name])
  })

const quoteCell = (cell: string): string =>
  /["\r\n,;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** One line, without its end. An only cell without characters is quoted: its line is not empty. */
export const csvLine = (cells: readonly string[]): string => cells.map(quoteCell).join(',') || '""'

/** Lines as a file (RFC 4180). Fails with RANGE where it would be too long for a text. */
export const csvText = (lines: readonly string[]): string =>
  oneText(() => `${lines.join('\r\n')}\r\n`)
