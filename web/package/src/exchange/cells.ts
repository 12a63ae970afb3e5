// Cells of a file as values of columns, and back. An empty cell is null where the column may be
// null.
//
// A spreadsheet runs text that begins with = + - @ as a formula. On the way out such text gets an
// apostrophe in front, and loses it on the way in.
import { CatalogError } from '../errors.js'
import type { ColumnDescription } from '../types/description.js'
import { toBase64 } from '../values/base64.js'

const kFormula = /^'*[=+\-@\t\r]/

const truths: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, 1: true, false: false, no: false, 0: false },
}

function refuse(column: ColumnDescription, cell: string, wanted: string): never {
  const message = `${column.name} takes ${wanted}, not "${cell.slice(0, 60)}".`
  throw new CatalogError({ code: 'VALIDATION', path: column.name, fields: [column.name], message })
}

function number(column: ColumnDescription, cell: string): number | bigint {
  const isWhole = /^\s*[+-]?\d+\s*$/.test(cell)
  if (isWhole) {
    const value = Number(cell)
    return Number.isSafeInteger(value) ? value : BigInt(cell.trim().replace(/^\+/, ''))
  }
  const value = Number(cell)
  if (cell.trim() === '' || !Number.isFinite(value)) refuse(column, cell, 'a number')
  if (column.type === 'integer') refuse(column, cell, 'a whole number')
  return value
}

function parseCell(column: ColumnDescription, cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown
  } catch {
    return refuse(column, cell, 'JSON')
  }
}

/** The value that `cell` stands for in `column`. Fails with VALIDATION when it is none. */
export function valueOf(column: ColumnDescription, cell: string): unknown {
  const isText = column.type === 'string' || column.type === 'text'
  const required = column.not_null === true || column.primary_key === true
  if (cell === '' && !(required && isText)) {
    return required ? refuse(column, cell, 'a value') : null
  }
  if (isText) return kFormula.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell
  if (column.type === 'integer' || column.type === 'real') return number(column, cell)
  if (column.type === 'boolean') {
    return truths[cell.trim().toLowerCase()] ?? refuse(column, cell, 'true or false')
  }
  if (column.type === 'json') return parseCell(column, cell)
  if (column.type !== 'blob') return cell
  return { $bytes: cell }
}

/** `value` as the text of a cell, safe to open in a spreadsheet. */
export function cellOf(column: ColumnDescription, value: unknown): string {
  if (value === null) return ''
  if (column.type === 'json') return JSON.stringify(value)
  if (value instanceof Uint8Array) return toBase64(value)
  if (typeof value !== 'string') return String(value)
  return kFormula.test(value) ? `'${value}` : value
}
