// Parameters on their way to SQLite: the values that sql.js accepts, as the cells that rawBind()
// reads, text and bytes behind them.
import { kBlob, kCellBytes, kInteger, kNull, kReal, kText } from './cells.js'
import { kInboxBytes } from './module.js'
import type { RawModule } from './module.js'

type Bindable = number | string | ArrayLike<number> | null

/** What is bound for `value`; undefined for what cannot be bound. */
function bindable(value: unknown): Bindable | undefined {
  switch (typeof value) {
    case 'number':
    case 'string':
      return value
    case 'bigint':
      return value.toString()
    case 'boolean':
      return Number(value)
    case 'object': {
      if (value === null) return null
      const { length } = value as { length?: number | null }
      return length === undefined || length === null ? undefined : (value as ArrayLike<number>)
    }
    default:
      return undefined
  }
}

function roomFor(value: unknown): number {
  const cell = bindable(value)
  if (typeof cell === 'string') return cell.length * 3
  return cell !== null && typeof cell === 'object' ? cell.length : 0
}

// Writes the cells of `values` to `at`, and their content behind them; how many there are, which is
// fewer where one cannot be bound, and -1 where there is no room before `end`.
function encode(
  module: RawModule,
  values: readonly unknown[],
  numbers: readonly number[] | null,
  at: number,
  end: number,
): number {
  const { words, reals } = module
  let contentAt = at + values.length * kCellBytes
  if (contentAt > end) return -1
  for (let i = 0, word = at >>> 2; i < values.length; i++, word += kCellBytes >>> 2) {
    const value = bindable(values[i])
    if (value === undefined) return i
    let kind = kNull
    let size = 0
    if (typeof value === 'number') {
      kind = value === (value | 0) ? kInteger : kReal
      reals[(word >>> 1) + 1] = value
    } else if (value !== null) {
      kind = typeof value === 'string' ? kText : kBlob
      if (contentAt + value.length * (kind === kText ? 3 : 1) > end) return -1
      size = typeof value === 'string' ? module.write(value, contentAt) : value.length
      if (typeof value !== 'string') module.bytes.set(value, contentAt)
      words[word + 2] = contentAt
      contentAt += size
    }
    words[word] = kind | ((numbers === null ? i + 1 : numbers[i]) << 3)
    words[word + 1] = size
  }
  return values.length
}

/**
 * Ends the run of `statement` and binds `values`, to the parameters numbered in `numbers` or else
 * in order; a result code. Of a value that cannot be bound those before it are bound, and it is
 * thrown.
 */
export function bindAll(
  module: RawModule,
  statement: number,
  values: readonly unknown[],
  numbers: readonly number[] | null,
): number {
  let at = module.inboxAt
  let count = encode(module, values, numbers, at, at + kInboxBytes)
  const isLarge = count < 0
  if (isLarge) {
    const size = values.reduce<number>((sum, value) => sum + roomFor(value), 0)
    const room = size + values.length * kCellBytes
    at = module.room(room)
    count = encode(module, values, numbers, at, at + room)
  }
  const result = module.glue._rawBind(statement, at, count)
  if (isLarge) module.glue._rawFree(at)
  if (result !== 0 || count === values.length) return result
  const wrong = values[count] as string
  throw `Wrong API use : tried to bind a value of an unknown type (${wrong}).`
}
