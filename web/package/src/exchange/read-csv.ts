// CSV as records with line numbers: bytes or text, with or without a byte order mark, whatever ends
// the lines. What is no CSV, or no UTF-8, is refused before anything is written.
import { CatalogError } from '../errors.js'
import { bytesIn } from '../values/bytes.js'
import { parseRecords } from './parse.js'

/** A CSV file: its text, or its bytes in UTF-8. */
export type CsvSource = string | Uint8Array | ArrayBuffer

export interface CsvRecord {
  /** The line in the file on which it starts, from 1 on. */
  readonly line: number
  readonly cells: readonly string[]
  readonly mistake: string | null
}

function refuse(message: string, cause?: unknown): never {
  throw new CatalogError({ code: 'IMPORT', message, cause })
}

function textOf(source: CsvSource): string {
  if (typeof source === 'string') return source.replace(/^\ufeff/, '')
  const bytes = bytesIn(source)
  if (bytes === null) return refuse('A CSV is given as text, Uint8Array or ArrayBuffer.')
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    refuse('The file is UTF-16: save it as "CSV UTF-8" and import that.')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) {
      return refuse('The file is not UTF-8: save it as "CSV UTF-8" and import that.', cause)
    }
    const message = 'The file is longer than a text can be: import it in parts.'
    throw new CatalogError({ code: 'RANGE', reason: 'too_big', message, cause })
  }
}

/**
 * The records of a CSV; the first is the header. Lines with nothing on them are left out: a cell of
 * no characters that is all of its line is written "".
 */
export function readCsv(source: CsvSource): CsvRecord[] {
  const text = textOf(source)
  const records: CsvRecord[] = []
  let line = 1
  let at = 0
  parseRecords(text, ({ cells, end, mistake }) => {
    const record = text.slice(at, end)
    if (record.trim() !== '') records.push({ line, cells, mistake })
    line += [...record.matchAll(/\r\n|\n|\r/g)].length
    at = end
  })
  if (records.length === 0) refuse('The file is empty: its first line must name the columns.')
  return records
}
