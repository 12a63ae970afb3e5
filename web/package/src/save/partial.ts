// What is known of rows beside themselves: which of their relations were only loaded in part, so
// that save() never takes "not loaded" for "taken out".
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import { kMaxDepth } from './depth.js'

const kNarrowing = ['where', 'search', 'limit', 'offset']

/** Names and indexes, one of each for a level, down to the first row that save() refuses. */
const kMaxPlaces = 2 * (kMaxDepth + 1)

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

type Place = readonly (string | number)[]

/** The lists in a graph that came in part, for a thread where that is not known. */
export function partialPlaces(value: unknown, place: Place = []): Place[] {
  // Deeper than save() goes; a graph that contains itself ends here too.
  if (value === null || typeof value !== 'object' || place.length > kMaxPlaces) return []
  if (ArrayBuffer.isView(value)) return []
  return Object.entries(value).flatMap(([name, one]) => {
    if (one === null || typeof one !== 'object') return []
    const here = [...place, name]
    const further = partialPlaces(one, here)
    return Array.isArray(one) && isPartial(value as PlainRow, name) ? [here, ...further] : further
  })
}

/** Notes that the lists at these places of a graph came in part. */
export function notePartialAt(graph: unknown, places: readonly Place[]): void {
  for (const place of places) {
    let value = graph
    for (const name of place) value = (value as PlainRow | undefined)?.[name]
    if (Array.isArray(value)) partialLists.add(value)
  }
}
