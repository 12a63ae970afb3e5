// Rows as bindings/raw_rows.cpp writes them, to arrays. The loop over cells is as hot as that of
// packets: it makes no closure, and one array per row.
import { kBlob, kCellBytes, kInteger, kReal, kText } from './module.js'
import type { RawModule } from './module.js'
import type { SqlValue } from './types.js'

const kCellWords = kCellBytes >>> 2

/** Adds to `rows` those of the last answer, each of `width` cells. */
export function readRows(
  module: RawModule,
  width: number,
  exact: boolean,
  rows: SqlValue[][],
): void {
  const { words, reals, bytes } = module
  const answer = module.exchangeAt
  const text = module.text(words[answer + 2], words[answer + 3])
  let word = words[answer] >>> 2
  let from = 0
  let blobAt = words[answer + 4]
  for (let left = words[answer + 1]; left > 0; left -= width) {
    const row = new Array<SqlValue>(width)
    for (let i = 0; i < width; i++, word += kCellWords) {
      const kind = words[word]
      if (kind === kText) row[i] = text.substring(from, (from += words[word + 1]))
      else if (kind === kReal || (kind === kInteger && !exact)) row[i] = reals[(word >>> 1) + 1]
      else if (kind === kBlob) row[i] = bytes.slice(blobAt, (blobAt += words[word + 1]))
      else row[i] = kind === kInteger ? (module.integer(word << 2) as unknown as SqlValue) : null
    }
    rows.push(row)
  }
}
