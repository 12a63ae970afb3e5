// Rows as bindings/raw_rows.cpp writes them, to arrays. The loop over cells is as hot as that of
// packets: it makes no closure, and one array per row.
import { kBig, kBlob, kCellBytes, kInteger, kReal, kText } from './cells.js'
import type { RawModule } from './module.js'
import type { SqlValue } from './types.js'

export const kCellWords = kCellBytes >>> 2

/**
 * The row whose `width` cells begin at the 32-bit word `word`, with the text of its batch, and its
 * blobs from `blobsAt` on. Whole numbers are BigInts when they are wanted `exact`.
 */
export function readRow(
  module: RawModule,
  word: number,
  width: number,
  exact: boolean,
  text: string,
  blobsAt: number,
): SqlValue[] {
  const { words, reals } = module
  const row = new Array<SqlValue>(width)
  for (let i = 0; i < width; i++, word += kCellWords) {
    const kind = words[word]
    if (kind === kText) {
      const from = words[word + 2]
      row[i] = text.substring(from, from + words[word + 1])
    } else if (kind === kReal || (kind === kInteger && !exact)) {
      row[i] = reals[(word >>> 1) + 1]
    } else row[i] = readRare(module, word, kind, exact, blobsAt)
  }
  return row
}

function readRare(
  module: RawModule,
  word: number,
  kind: number,
  exact: boolean,
  blobsAt: number,
): SqlValue {
  const { words } = module
  if (kind === kBlob) {
    const from = blobsAt + words[word + 2]
    return module.bytes.slice(from, from + words[word + 1])
  }
  if (kind === kBig) {
    const whole = module.integer(word * 4)
    return exact ? (whole as unknown as SqlValue) : Number(whole)
  }
  if (kind !== kInteger) return null
  return BigInt(module.reals[(word >>> 1) + 1]) as unknown as SqlValue
}

/** Adds to `rows` those of the last answer, each of `width` cells. */
export function readRows(
  module: RawModule,
  width: number,
  exact: boolean,
  rows: SqlValue[][],
): void {
  const text = module.text(module.answer(2), module.answer(3))
  const blobsAt = module.answer(4)
  const end = module.answer(1)
  let word = module.answer(0) >>> 2
  for (let cell = 0; cell < end; cell += width, word += width * kCellWords)
    rows.push(readRow(module, word, width, exact, text, blobsAt))
}
