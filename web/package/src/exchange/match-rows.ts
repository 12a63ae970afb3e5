// Which row of a table each row of a file is: by its key, else by a unique value. A plan, made of
// rows as data; table-rows.ts carries it out.
import type { PlainRow } from '../packet/shape.js'
import type { ColumnDescription, ModelDescription } from '../types/description.js'
import { valueText } from '../values/unique-value.js'

export interface Matches {
  /** For each row of the file the row that it is; null for one that is new, or is no row. */
  readonly found: readonly (PlainRow | null)[]
  /** The rows that lose unique values to others of the file, and the columns of these. */
  readonly losing: ReadonlyMap<PlainRow, readonly ColumnDescription[]>
}

/** One text per key; null for a row without one. */
export function keyText({ primary_key }: ModelDescription, row: PlainRow): string | null {
  const texts = primary_key.map((name) => valueText(name, row[name]))
  return texts.includes(null) ? null : texts.join()
}

class Matching {
  readonly found: (PlainRow | null)[]
  readonly #model: ModelDescription
  readonly #unique: readonly ColumnDescription[]
  readonly #rows: readonly (PlainRow | null)[]
  readonly #byKey = new Map<string | null, PlainRow>()
  // By the text of a unique value: the row that has it, and the rows of the file that say it.
  readonly #holders = new Map<string, PlainRow>()
  readonly #wanting = new Map<string, number[]>()
  // How many rows of the file a row is.
  readonly #taken = new Map<PlainRow, number>()

  constructor(
    model: ModelDescription,
    there: readonly PlainRow[],
    rows: readonly (PlainRow | null)[],
  ) {
    this.#model = model
    this.#unique = model.columns.filter(({ unique }) => unique === true)
    this.#rows = rows
    for (const row of there) {
      this.#byKey.set(keyText(model, row), row)
      for (const text of this.#texts(row)) this.#holders.set(text, row)
    }
    rows.forEach((row, index) => {
      for (const text of this.#texts(row)) {
        const wanting = this.#wanting.get(text)
        if (wanting) wanting.push(index)
        else this.#wanting.set(text, [index])
      }
    })
    this.found = rows.map(() => null)
  }

  byKeys(): void {
    this.#rows.forEach((row, index) => {
      const key = row && keyText(this.#model, row)
      const found = key === null ? undefined : this.#byKey.get(key)
      if (found !== undefined) this.#take(index, found)
    })
  }

  // A row that has a unique value and is none of the file's keeps it, so the row of the file that
  // says this value is that row, once; what it leaves may be what another one says.
  byValues(mayMove: boolean): void {
    const moved = new Set<number>()
    const waiting = this.#rows.map((_, index) => index)
    for (const index of waiting) {
      const row = this.#rows[index]
      const holder = row && this.#holderLeft(row)
      if (!holder || moved.has(index)) continue
      if (!mayMove && keyText(this.#model, row) !== null) continue
      const left = this.found[index]
      this.#take(index, holder)
      moved.add(index)
      for (const text of this.#texts(left)) {
        for (const one of this.#wanting.get(text) ?? []) waiting.push(one)
      }
    }
  }

  losing(): Map<PlainRow, ColumnDescription[]> {
    const losing = new Map<PlainRow, ColumnDescription[]>()
    this.#rows.forEach((row, index) => {
      const found = this.found[index]
      if (row === null || found === null) return
      const columns = this.#unique.filter(({ name }) => {
        const text = valueText(name, found[name])
        if (text === null || row[name] === undefined) return false
        return valueText(name, row[name]) !== text && this.#wanting.has(text)
      })
      if (columns.length > 0) losing.set(found, columns)
    })
    return losing
  }

  #texts(row: PlainRow | null): string[] {
    if (row === null) return []
    const texts = this.#unique.map(({ name }) => valueText(name, row[name]))
    return texts.filter((text) => text !== null)
  }

  #holderLeft(row: PlainRow): PlainRow | undefined {
    const holders = this.#texts(row).map((text) => this.#holders.get(text))
    return holders.find((one) => one !== undefined && !this.#taken.get(one))
  }

  #take(index: number, row: PlainRow): void {
    const left = this.found[index]
    if (left !== null) this.#taken.set(left, (this.#taken.get(left) ?? 0) - 1)
    this.found[index] = row
    this.#taken.set(row, (this.#taken.get(row) ?? 0) + 1)
  }
}

/**
 * What becomes of `rows`, of a file, among the rows that are `there`, of which keys and unique
 * values are known. With `mayMove` a row that has a key may be one with another key: where that one
 * has its unique value, and is no other row of the file.
 */
export function matchRows(
  model: ModelDescription,
  there: readonly PlainRow[],
  rows: readonly (PlainRow | null)[],
  mayMove: boolean,
): Matches {
  const matching = new Matching(model, there, rows)
  matching.byKeys()
  matching.byValues(mayMove)
  return { found: matching.found, losing: matching.losing() }
}
