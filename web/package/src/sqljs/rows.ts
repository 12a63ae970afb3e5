// Rows as bindings/raw_rows.cpp writes them, to arrays. The loop over cells is as hot as that of
// packets: it makes no closure, and one array per row.
import { kBlob, kCellBytes, kInteger, kReal, kText } from './module.js'
import type { RawModule } from './module.js'
import type { SqlValue } from './types.js'

/** Adds to `rows` those of the last answer, each of `width` cells. */
export function readRows(
  module: RawModule,
  width: number,
  exact: boolean,
  rows: SqlValue[][],
): void {
  const text = module.text(module.answer(2), module.answer(3))
  const { words, reals, bytes } = module
  let at = module.answer(0)
  let from = 0
  let blobAt = module.answer(4)
  for (let left = module.answer(1); left > 0; left -= width) {
    const row = new Array<SqlValue>(width)
    for (let i = 0; i < width; i++, at += kCellBytes) {
      const kind = words[at >>> 2]
      const size = words[(at >>> 2) + 1]
      if (kind === kText) row[i] = text.substring(from, (from += size))
      else if (kind === kReal || (kind === kInteger && !exact)) row[i] = reals[(at >>> 3) + 1]
      else if (kind === kBlob) row[i] = bytes.slice(blobAt, (blobAt += size))
      else row[i] = kind === kInteger ? (module.integer(at) as unknown as SqlValue) : null
    }
    rows.push(row)
  }
}
