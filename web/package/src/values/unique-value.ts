// Values of unique columns, while rows exchange them: which are the same, and which nobody has.
import type { ColumnDescription } from '../types/description.js'

/** One text per value of a column; null for what finds no row. */
export function valueText(column: string, value: unknown): string | null {
  const isKey = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
  return isKey ? JSON.stringify([column, typeof value, String(value)]) : null
}

/**
 * A value that no row has, for one that gives up its own before it gets another. Nobody writes this
 * character, which stands for none. undefined where no value is sure to be free.
 */
export function freeValue({ type, not_null }: ColumnDescription, number: number): unknown {
  if (not_null !== true) return null
  return type === 'string' || type === 'text' ? `\u{10fffe}${number}` : undefined
}
