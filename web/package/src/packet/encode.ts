// Rows on their way in, for createMany: a packet that the module writes from without copying it.
// What is not plainly of its column's type goes as JSON, row by row, and the module says what is
// wrong with it.
import type { ColumnDescription, ModelDescription } from '../types/description.js'
import { isPlain, isWellFormed, outgoing } from '../values/outgoing.js'
import type { PlainRow } from './shape.js'

/** docs/packets.md has the layout. */
export interface RowsPacket {
  readonly numbers: Float64Array
  /** In parts: one string of all would go a slow way in JavaScript's memory. */
  readonly texts: readonly string[]
  readonly blobs: readonly Uint8Array[]
}

const kRowAsJson = -Infinity
/** As many UTF-16 units as one part has, about. */
const kPartUnits = 1 << 15

class RowsWriter {
  readonly #columns: readonly ColumnDescription[]
  readonly #numbers: Float64Array
  readonly #parts: string[] = []
  // Of the part that is being written.
  #texts: string[] = []
  #units = 0
  readonly #blobs: Uint8Array[] = []
  #at = 1

  constructor({ columns }: ModelDescription, rows: number) {
    this.#columns = columns
    // A row as JSON takes two numbers.
    this.#numbers = new Float64Array(1 + rows * Math.max(columns.length, 2))
    this.#numbers[0] = rows
  }

  add(row: unknown, index: number): void {
    if (this.#units > kPartUnits) this.#endPart()
    const [texts, blobs] = [this.#texts.length, this.#blobs.length]
    if (this.#cells(row)) return
    this.#texts.length = texts
    this.#blobs.length = blobs
    // The list of one argument, without its brackets.
    const json = outgoing([[`[${index}]`, row]]).slice(1, -1)
    this.#addText(json)
    this.#numbers[this.#at++] = kRowAsJson
    this.#numbers[this.#at++] = json.length
  }

  take(): RowsPacket {
    this.#endPart()
    const numbers = this.#numbers.subarray(0, this.#at)
    return { numbers, texts: this.#parts, blobs: this.#blobs }
  }

  #addText(text: string): void {
    this.#texts.push(text)
    this.#units += text.length
  }

  // Each text is followed by a NUL.
  #endPart(): void {
    if (this.#texts.length === 0) return
    this.#texts.push('')
    this.#parts.push(this.#texts.join('\0'))
    this.#texts = []
    this.#units = 0
  }

  // False for a row that has to go as JSON.
  #cells(row: unknown): boolean {
    if (row === null || typeof row !== 'object' || !isPlain(row)) return false
    const numbers = this.#numbers
    let at = this.#at
    let left = Object.keys(row).length
    for (const { name, type } of this.#columns) {
      const value = (row as PlainRow)[name]
      const number = value === undefined ? NaN : this.#cell(type, value)
      if (number === kRowAsJson) return false
      if (value !== undefined) left--
      numbers[at++] = number
    }
    // What is left over is undefined, or is no column.
    if (left !== 0) return false
    this.#at = at
    return true
  }

  // The number that stands for a value, whose content is taken up; NaN is null.
  #cell(type: ColumnDescription['type'], value: unknown): number {
    switch (type) {
      case 'string':
      case 'text':
      case 'datetime':
        if (typeof value !== 'string' || !isWellFormed(value)) break
        this.#addText(value)
        return value.length
      case 'integer':
        if (Number.isSafeInteger(value)) return value as number
        break
      case 'real':
        if (Number.isFinite(value)) return value as number
        break
      case 'boolean':
        if (typeof value === 'boolean') return Number(value)
        break
      case 'blob':
        if (!(value instanceof Uint8Array)) break
        this.#blobs.push(value)
        return value.length
      case 'json':
    }
    return value === null ? NaN : kRowAsJson
  }
}

/** `rows` as a packet. Fails where outgoing() does, with the path of the value. */
export function encodeRows(model: ModelDescription, rows: readonly unknown[]): RowsPacket {
  const writer = new RowsWriter(model, rows.length)
  for (let index = 0; index < rows.length; index++) writer.add(rows[index], index)
  return writer.take()
}
