// Unique values that rows of a graph exchange across the writes of one save. Within a write, a unit
// of work, they do so by themselves.
import type { PlainRow } from '../packet/shape.js'
import type { ColumnDescription, ModelDescription } from '../types/description.js'
import { freeValue, valueText } from '../values/unique-value.js'

type Update = (model: ModelDescription, key: PlainRow, data: PlainRow) => unknown

export class Exchanges {
  /** Which write gives a row a value first, and the rows that have it until a later one. */
  readonly #takers = new Map<string | null, number>()
  readonly #holders: [model: ModelDescription, key: PlainRow, column: ColumnDescription][] = []
  /** How many writes were planned before this one. */
  #planned = 0

  nextWrite(): void {
    this.#planned++
  }

  /** Notes what a row gets in a column; with `key`, what it had there before. */
  note(
    model: ModelDescription,
    column: ColumnDescription,
    value: unknown,
    key: PlainRow | null = null,
    before?: unknown,
  ): void {
    if (column.unique !== true) return
    const [given, taken] = [before, value].map((one) =>
      valueText(`${model.table}.${column.name}`, one),
    )
    const isAwaited = (this.#takers.get(given) ?? this.#planned) < this.#planned
    if (key !== null && isAwaited) this.#holders.push([model, key, column])
    if (!this.#takers.has(taken)) this.#takers.set(taken, this.#planned)
  }

  /** Gives rows another value, which no row has, where an earlier write than theirs needs it. */
  free(update: Update): void {
    this.#holders.forEach(([model, key, column], number) => {
      const free = freeValue(column, number)
      if (free !== undefined) update(model, key, { [column.name]: free })
    })
  }
}
