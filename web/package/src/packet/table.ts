// Tables to plain objects: rows of any statement, whose cells each say what they are. Rows of
// models come as packets with a shape, which decode.ts reads.
import { decodeText } from './decode.js'
import type { Packet } from './decode.js'
import type { PlainRow } from './shape.js'
import { kWide, wideNumber } from './words.js'

const kNull = 0
const kNumber = 1
const kText = 2
const kBlob = 3

/**
 * The rows of a table; whole numbers that are not safe are BigInts. Columns are called as SQLite
 * calls them, or by `given` names.
 */
export function decodeTable(
  { numbers: words, text: bytes, blobs }: Packet,
  given?: readonly string[],
): PlainRow[] {
  const text = decodeText(bytes)
  const names: string[] = []
  const rows: PlainRow[] = []
  let at = 0
  let textAt = 0
  let blobAt = 0
  const cut = (length: number): string => text.substring(textAt, (textAt += length))
  const number = (): number => {
    const word = words[at++]
    return word === kWide ? wideNumber(words, (at += 2) - 2) : word
  }
  const cell = (kind: number, value: number): unknown => {
    if (kind === kNull) return null
    if (kind === kNumber) return value
    if (kind === kText) return cut(value)
    return kind === kBlob ? blobs.slice(blobAt, (blobAt += value)) : BigInt(cut(value))
  }
  for (let left = words[at++]; left > 0; left--) names.push(cut(words[at++]))
  while (at < words.length) {
    // Defined, not assigned: a column may be called "__proto__".
    const entries = (given ?? names).map((name) => [name, cell(words[at++], number())])
    rows.push(Object.fromEntries(entries) as PlainRow)
  }
  return rows
}
