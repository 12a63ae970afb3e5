// Structural sharing: rows that were read again become the rows known from before where they say
// the same, so that whoever compares by identity sees what changed and nothing else.
import type { PlainRow } from '../packet/shape.js'
import type { CatalogDescription, ModelDescription } from '../types/description.js'

/** The sharing of one result. */
export class Sharing {
  readonly #models: ReadonlyMap<string, ModelDescription>
  // A row that several refer to is compared once. The rows of a list are not noted: an engine gives
  // an object that is a key of a map more memory, which takes longer than comparing it.
  readonly #done = new Map<object, object>()
  // Rows with references that have no counterpart: what they refer to may be known from others.
  readonly #open: [PlainRow, ModelDescription | undefined][] = []

  constructor({ models }: CatalogDescription) {
    this.#models = new Map(models.map((model) => [model.name, model]))
  }

  /** `fresh`, with everything in it that equals its counterpart in `known` replaced by that. */
  share(
    known: readonly PlainRow[],
    fresh: readonly PlainRow[],
    model: ModelDescription | undefined,
  ): readonly PlainRow[] {
    const rows = this.#rows(known, fresh, model)
    if (this.#done.size > 0) for (const [row, of] of this.#open) this.#refer(row, of)
    return rows
  }

  #rows(
    known: readonly PlainRow[],
    fresh: readonly PlainRow[],
    model: ModelDescription | undefined,
  ): readonly PlainRow[] {
    const find = this.#finder(known, model?.primary_key ?? [])
    let same = known.length === fresh.length
    const rows = fresh.map((row, index) => {
      const before = find(row, index)
      if (before === undefined) this.#open.push([row, model])
      const shared = before === undefined ? row : this.#row(before, row, model)
      same &&= shared === known[index]
      return shared
    })
    return same ? known : rows
  }

  // The row of `known` that a fresh row at that place was: by key where rows have theirs.
  #finder(
    known: readonly PlainRow[],
    key: readonly string[],
  ): (row: PlainRow, index: number) => PlainRow | undefined {
    const hasKey = known.length > 0 && key.length > 0 && key.every((name) => name in known[0])
    if (!hasKey) return (_, index) => known[index]
    const keyOf = (row: PlainRow): unknown =>
      key.length === 1 ? row[key[0]] : JSON.stringify(key.map((name) => row[name]))
    let byKey: Map<unknown, PlainRow> | null = null
    return (row, index) => {
      const wanted = keyOf(row)
      // Mostly, it is where it was.
      if (index < known.length && keyOf(known[index]) === wanted) return known[index]
      byKey ??= new Map(known.map((one) => [keyOf(one), one]))
      return byKey.get(wanted)
    }
  }

  #row(known: PlainRow, fresh: PlainRow, model: ModelDescription | undefined): PlainRow {
    let same = true
    // A row is a plain object of the decoder's, and this is the loop that engines make fast.
    for (const name in fresh) {
      if (fresh[name] === known[name]) continue
      this.#share(known, fresh, name, model)
      same &&= fresh[name] === known[name]
    }
    return same ? known : fresh
  }

  // Replaces what `name` of `fresh` holds, where it says the same as that of `known`.
  #share(known: PlainRow, fresh: PlainRow, name: string, model: ModelDescription | undefined) {
    const [before, value] = [known[name], fresh[name]]
    if (typeof value !== 'object' || value === null) return
    const relation = model?.relationships.find((one) => one.name === name)
    if (typeof before !== 'object' || before === null) {
      if (relation !== undefined) this.#open.push([fresh, model])
      return
    }
    if (relation === undefined) {
      if (isEqual(before, value)) fresh[name] = before
      return
    }
    const target = this.#models.get(relation.target)
    if (Array.isArray(value)) {
      fresh[name] = this.#rows(before as PlainRow[], value as PlainRow[], target)
      return
    }
    const shared = this.#related(before as PlainRow, value as PlainRow, target)
    if (shared === null) this.#open.push([fresh, model])
    else fresh[name] = shared
  }

  // Null where the row that was referred to before is another one.
  #related(known: PlainRow, fresh: PlainRow, model: ModelDescription | undefined): PlainRow | null {
    const done = this.#done.get(fresh)
    if (done !== undefined) return done as PlainRow
    const key = model?.primary_key ?? []
    if (!key.every((name) => known[name] === fresh[name])) return null
    const shared = this.#row(known, fresh, model)
    // Without its key it may be another row that says something else.
    if (shared !== known && !key.every((name) => name in fresh)) return null
    this.#done.set(fresh, shared)
    return shared
  }

  // Lets `row`, and what belongs to it, refer to the rows that others refer to.
  #refer(row: PlainRow, model: ModelDescription | undefined): void {
    for (const { name, target } of model?.relationships ?? []) {
      const value = row[name]
      if (typeof value !== 'object' || value === null) continue
      const done = this.#done.get(value)
      if (done !== undefined) row[name] = done
      else if (Array.isArray(value)) {
        for (const one of value as PlainRow[]) this.#refer(one, this.#models.get(target))
      } else {
        // Many may refer to it: what belongs to it is looked through once.
        this.#done.set(value, value)
        this.#refer(value as PlainRow, this.#models.get(target))
      }
    }
  }
}

// Of what one column holds: bytes, JSON, numbers of related rows.
function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  return names.every(
    (name) =>
      Object.hasOwn(other, name) && isEqual((one as PlainRow)[name], (other as PlainRow)[name]),
  )
}
