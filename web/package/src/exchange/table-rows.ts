// The rows of a file for one table: each changes the row that it is, or is added. Rows of a file
// may exchange their unique values: those who lose theirs are first given others, which no row has.
import { CatalogError } from '../errors.js'
import type { PlainRow } from '../packet/shape.js'
import type { ModelDescription } from '../types/description.js'
import { freeValue, valueText } from '../values/unique-value.js'
import { collectRows } from './drive.js'
import type { Work } from './drive.js'
import type { Step } from './import-rows.js'
import { keyText, matchRows } from './match-rows.js'
import type { Matches } from './match-rows.js'

export interface Table {
  find(args: object): unknown
  iterate(args: object): Iterable<PlainRow> | AsyncIterable<PlainRow>
  update(key: unknown, data: unknown, shape: object): unknown
  upsert(data: unknown, shape: object): unknown
}

/** What a transaction gives, of either kind. */
export type Tables = Readonly<Record<string, Table>>

/** A row of a file. */
export interface FileRow {
  readonly line: number
  readonly place: string
  /** What it says. Fails with a CatalogError when that is no row. */
  readonly data: () => PlainRow
}

/** The rows of a file that have another key in the catalog. */
export class Moved {
  readonly #keys = new Map<string | null, unknown>()

  add({ table, primary_key }: ModelDescription, row: PlainRow, found: PlainRow): void {
    const [name] = primary_key
    if (primary_key.length > 1 || row[name] === undefined || row[name] === found[name]) return
    this.#keys.set(valueText(`${table}.${name}`, row[name]), found[name])
  }

  /** `row` referring to rows by the keys that they have in the catalog. */
  referring({ columns }: ModelDescription, row: PlainRow): PlainRow {
    const changed = { ...row }
    for (const { name, foreign_key } of columns) {
      if (foreign_key === undefined) continue
      const text = valueText(`${foreign_key.table}.${foreign_key.column}`, row[name])
      if (text !== null && this.#keys.has(text)) changed[name] = this.#keys.get(text)
    }
    return changed
  }
}

const pick = (row: PlainRow, names: readonly string[]): PlainRow =>
  Object.fromEntries(names.map((name) => [name, row[name]]))

/** A relation to the owner of a row, whose key is a part of the row's. */
interface Owner {
  readonly name: string
  readonly part: string
  readonly table: string
  readonly column: string
}

function ownersOf({ columns, primary_key, relationships }: ModelDescription): Owner[] {
  return relationships.flatMap(({ name, foreign_keys }) => {
    const part = columns.find((one) => one.name === foreign_keys[0])
    if (!part?.foreign_key || !primary_key.includes(part.name)) return []
    return [{ name, part: part.name, ...part.foreign_key }]
  })
}

// Whose row it is may be said by another value than the key has: by that alone none is found. An
// owner that is not there is told when the row is written.
function* keyOwners(tx: Tables, owners: readonly Owner[], data: PlainRow): Work<PlainRow> {
  let row = data
  for (const { name, part, table, column } of owners) {
    const connected = (row[name] as { connect?: object } | null | undefined)?.connect
    if (!connected) continue
    const [owner] = (yield tx[table].find({ where: connected, select: [column] })) as PlainRow[]
    if (owner === undefined) continue
    const others = Object.entries(row).filter(([one]) => one !== name)
    row = { ...Object.fromEntries(others), [part]: owner[column] }
  }
  return row
}

class TableRows {
  readonly #model: ModelDescription
  readonly #rows: readonly FileRow[]
  readonly #moved: Moved | null
  #data: (PlainRow | CatalogError)[] = []
  #found: Matches['found'] = []
  #keys = new Set<string | null>()

  constructor(model: ModelDescription, rows: readonly FileRow[], moved: Moved | null) {
    this.#model = model
    this.#rows = rows
    this.#moved = moved
  }

  // Finds out which rows they are, and frees the values that are exchanged.
  *prepare(tx: Tables): Work<number> {
    const { table, columns, primary_key } = this.#model
    this.#data = this.#rows.map(({ data }) => read(data))
    const owners = ownersOf(this.#model)
    for (const [index, data] of this.#data.entries()) {
      if (data instanceof CatalogError) continue
      this.#data[index] = yield* keyOwners(tx, owners, data)
    }
    const select = columns.filter(({ name, unique }) => unique || primary_key.includes(name))
    const asked = { select: select.map(({ name }) => name) }
    const there = yield* collectRows(tx[table].iterate(asked))
    this.#keys = new Set(there.map((row) => keyText(this.#model, row)))
    const rows = this.#data.map((data) => (data instanceof CatalogError ? null : data))
    const { found, losing } = matchRows(this.#model, there, rows, this.#moved !== null)
    this.#found = found
    found.forEach((one, index) => {
      const row = rows[index]
      if (one !== null && row !== null) this.#moved?.add(this.#model, row, one)
    })
    let number = 0
    for (const [row, lost] of losing) {
      const free = lost.map((column) => [column.name, freeValue(column, ++number)] as const)
      const values = Object.fromEntries(free.filter(([, value]) => value !== undefined))
      yield tx[table].update(pick(row, primary_key), values, { select: primary_key })
    }
    return 0
  }

  *write(tx: Tables, index: number): Work<number> {
    const { table, primary_key } = this.#model
    const data = this.#data[index]
    if (data instanceof CatalogError) throw data
    const found = this.#found[index]
    const row = {
      ...(this.#moved?.referring(this.#model, data) ?? data),
      ...(found && pick(found, primary_key)),
    }
    const written = (yield tx[table].upsert(row, { select: primary_key })) as PlainRow
    const key = keyText(this.#model, written)
    if (this.#keys.has(key)) return 0
    this.#keys.add(key)
    return 1
  }
}

function read(data: FileRow['data']): PlainRow | CatalogError {
  try {
    return data()
  } catch (error) {
    if (error instanceof CatalogError) return error
    throw error
  }
}

/**
 * Steps that write `rows`. With `moved` a row may be one that has another key, which is noted
 * there; without, a key that is given counts.
 */
export function tableSteps(
  model: ModelDescription,
  rows: readonly FileRow[],
  moved: Moved | null,
): Step<Tables>[] {
  if (rows.length === 0) return []
  const table = new TableRows(model, rows, moved)
  const { name } = model
  const prepare = (tx: Tables): Work<number> => table.prepare(tx)
  return [
    { line: 1, place: model.table, model: name, rows: 0, write: prepare },
    ...rows.map(({ line, place }, index) => {
      return { line, place, model: name, write: (tx: Tables) => table.write(tx, index) }
    }),
  ]
}
