// What is known of rows beside themselves: which of their relations were only loaded in part, so
// that save() never takes "not loaded" for "taken out".
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import { classOf } from '../values/bytes.js'
import { kMaxDepth } from './depth.js'

const kNarrowing = ['where', 'search', 'limit', 'offset']

/** Into lists and rows, one of each for a level, down to the first row that save() refuses. */
const kMaxSteps = 2 * (kMaxDepth + 1)

const partialNames = /* @__PURE__ */ new WeakMap<PlainRow, Set<string>>()
const partialLists = /* @__PURE__ */ new WeakSet<object>()

function noteIn(rows: readonly PlainRow[], name: string): void {
  for (const row of rows) {
    const names = partialNames.get(row)
    if (names === undefined) partialNames.set(row, new Set([name]))
    else names.add(name)
    partialLists.add(row[name] as object)
  }
}

function related(rows: readonly PlainRow[], name: string): PlainRow[] {
  return rows.flatMap<PlainRow>((row) => (row[name] ?? []) as PlainRow | PlainRow[])
}

function narrows(asked: unknown): asked is Options {
  if (asked === null || typeof asked !== 'object') return false
  const { include } = asked as Options
  return kNarrowing.some((option) => option in asked) || anyNarrows(include)
}

function anyNarrows(include: unknown): boolean {
  if (include === null || typeof include !== 'object') return false
  return Object.entries(include).some(([name, asked]) => name !== '_count' && narrows(asked))
}

/** Notes what of `include` brought only a part of a relation's rows. */
export function notePartial(rows: readonly PlainRow[], include: unknown): void {
  if (include === null || typeof include !== 'object') return
  for (const [name, asked] of Object.entries(include)) {
    // Most requests narrow nothing: their rows are not even looked at.
    if (name === '_count' || !narrows(asked)) continue
    if (kNarrowing.some((option) => option in asked)) noteIn(rows, name)
    notePartial(related(rows, name), asked['include'])
  }
}

/** Whether the list in `row` under `name` came with a part of the related rows only. */
export function isPartial(row: PlainRow, name: string): boolean {
  return partialNames.get(row)?.has(name) === true || partialLists.has(row[name] as object)
}

/**
 * A copy of a graph for another thread, and in `partial` its lists that came in part, which is not
 * known there. What frameworks put around rows that are edited, proxies, could not be sent.
 */
export function sendable(
  value: unknown,
  partial: unknown[],
  copies = new Map<unknown, PlainRow>(),
  depth = 0,
): unknown {
  const isList = Array.isArray(value)
  if (depth > kMaxSteps || !(isList || classOf(value) === '[object Object]')) return value
  const known = copies.get(value)
  if (known !== undefined) return known
  // Without a prototype, whose name is as any other.
  const made = (isList ? [] : Object.create(null)) as PlainRow
  copies.set(value, made)
  for (const [name, one] of Object.entries(value as PlainRow)) {
    made[name] = sendable(one, partial, copies, depth + 1)
    if (isPartial(value as PlainRow, name)) partial.push(made[name])
  }
  return made
}

/** Notes that these lists of a graph came in part. */
export function notePartialLists(lists: readonly unknown[]): void {
  for (const list of lists) if (Array.isArray(list)) partialLists.add(list)
}
