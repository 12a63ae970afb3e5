// save(): a graph of rows, as it was loaded and then edited, compared with what is stored; only the
// difference is written, as one nested update or create.
import { CatalogError } from '../errors.js'
import type { PlainRow } from '../packet/shape.js'
import type { ModelDescription, RelationshipDescription } from '../types/description.js'
import { kMaxDepth } from './depth.js'
import { Exchanges } from './exchanges.js'
import { below, isMany, keyText, refuse } from './graph.js'
import type { Key, Graph } from './graph.js'
import { isPartial } from './partial.js'
import { isSame } from './same.js'

/** The calls that save() is made of. With `shape`, a written row is read back so. */
export interface Store {
  find(model: ModelDescription, args: PlainRow): PlainRow[]
  get(model: ModelDescription, key: Key, shape: PlainRow): PlainRow
  create(model: ModelDescription, data: PlainRow, shape?: PlainRow): PlainRow
  update(model: ModelDescription, key: Key, data: PlainRow, shape?: PlainRow): PlainRow | null
}

type Own = readonly [model: ModelDescription, row: PlainRow, path: string, set: readonly string[]]

/** A write of nested data that is ready. With `shape`, the row is read back so. */
type Write = (shape?: PlainRow) => PlainRow | null

/** Where in the graph a part of the nested data comes from. */
type Origin = readonly [data: string, graph: string]

// The columns of a relation's target that refer back.
function referring({ direction, foreign_keys }: RelationshipDescription): readonly string[] {
  return direction === 'one_to_many' ? foreign_keys : []
}

/** The error told of the graph, not of the nested data that was made of it. */
function placed(error: CatalogError, origins: readonly Origin[]): CatalogError {
  const fits = origins.filter(([data]) => error.path.startsWith(data))
  const [data, graph] = fits.reduce((best, one) => (one[0].length >= best[0].length ? one : best))
  const rest = error.path.slice(data.length).replace(/^\./, '')
  if (data === '' && graph === '') return error
  const path = graph === '' || rest === '' ? graph + rest : below(graph, rest)
  const message = error.message.replace(error.path, path)
  return new CatalogError({ ...error, path, message, cause: error })
}

/** What `work` gives; its errors are told of the graph. */
function tellOfGraph<T>(origins: readonly Origin[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof CatalogError ? placed(error, origins) : error
  }
}

export class Save {
  readonly #store: Store
  readonly #graph: Graph
  /** Rows whose writes are their own: the root, and those that are only connected to others. */
  readonly #own: Own[] = []
  /** What copies of a row were changed to say, by row and column. */
  readonly #said = new Map<string, unknown>()
  /** Rows taken out of lists, and those put into others of that kind: these only move. */
  readonly #gone: [kind: string, rows: Key[]][] = []
  readonly #arrived = new Set<string>()
  readonly #exchanges = new Exchanges()
  /** How deep the nested data is that is being made. */
  #depth = 0
  #origins: Origin[] = []

  constructor(store: Store, graph: Graph) {
    this.#store = store
    this.#graph = graph
  }

  /** Writes the difference; the row at the root as it is then, with this shape. */
  run(model: ModelDescription, value: unknown, shape: PlainRow): PlainRow {
    const row = this.#graph.row(model, value, '')
    this.#own.push([model, row, '', []])
    const writes: (Write | null)[] = []
    // All is compared before anything is written: a copy of a row that was not edited is then as
    // what is stored, whatever another copy writes. Planning one row may add others.
    for (const own of this.#own) {
      writes.push(this.#plan(...own))
      this.#exchanges.nextWrite()
    }
    for (const [kind, rows] of this.#gone) {
      const left = rows.filter((key) => !this.#arrived.has(kind + keyText(key)))
      rows.splice(0, rows.length, ...left)
    }
    this.#exchanges.free((...update) => this.#store.update(...update))
    const [first, ...others] = writes
    const further = others.filter((write) => write !== null)
    const written = first?.(further.length === 0 ? shape : undefined) ?? null
    if (written !== null && further.length === 0) return written
    for (const write of further) write()
    const key = this.#graph.key(model, row) ?? this.#graph.key(model, written as PlainRow)
    return this.#store.get(model, key as Key, shape)
  }

  // `set`: columns that the relation it was connected by sets, whatever the row still says.
  #plan(...[model, row, path, set]: Own): Write | null {
    const stored = this.#findStored(model, row, path)
    const origins: Origin[] = [['', path]]
    this.#origins = origins
    if (stored === null) {
      const data = this.#data(model, row, path, '')
      return (shape) => tellOfGraph(origins, () => this.#store.create(model, data, shape))
    }
    const key = this.#graph.key(model, stored) as Key
    const data = this.#difference(model, row, stored, path, '')
    for (const name of set) Reflect.deleteProperty(data, name)
    if (Object.keys(data).length === 0) return null
    return (shape) => tellOfGraph(origins, () => this.#store.update(model, key, data, shape))
  }

  /** What is stored of a row and of all it is related to in the graph; null when it is new. */
  #findStored(model: ModelDescription, row: PlainRow, path: string): PlainRow | null {
    const where = this.#graph.key(model, row, path)
    if (where === null) return null
    const include = this.#graph.include(model, [row])
    const [stored = null] = this.#find(model, path, { where, include })
    if (stored !== null || !this.#graph.isNumbered(model)) return stored
    const what = `is not there any more: take away its key to make it anew.`
    throw new CatalogError({
      code: 'NOT_FOUND',
      model: model.name,
      path,
      message: `${path === '' ? model.name : path} with the key ${keyText(where)} ${what}`,
    })
  }

  /** A new row as nested data. */
  #data(model: ModelDescription, row: PlainRow, path: string, at: string): PlainRow {
    const data: PlainRow = {}
    for (const column of this.#graph.columns(model, row)) {
      const { name, primary_key } = column
      if (row[name] !== null || !primary_key) data[name] = row[name]
      this.#exchanges.note(model, column, row[name])
    }
    for (const relation of this.#graph.relations(model, row)) {
      const empty = { [relation.name]: isMany(relation) ? [] : null }
      const operations = this.#relation(row, empty, relation, path, at)
      if (operations === null || Object.keys(operations).length > 0) {
        this.#free(model, relation, row, data, path)
        data[relation.name] = operations
      }
    }
    return data
  }

  /** What has to be done to `stored` to make it `row`. */
  #difference(
    model: ModelDescription,
    row: PlainRow,
    stored: PlainRow,
    path: string,
    at: string,
  ): PlainRow {
    const data: PlainRow = {}
    for (const column of this.#graph.columns(model, row)) {
      const { name, primary_key, version_counter } = column
      if (primary_key || isSame(row[name], stored[name])) continue
      if (version_counter) {
        const message = `${below(path, name)} is of an older version: load the row again.`
        throw new CatalogError({ code: 'STALE', model: model.name, fields: [name], path, message })
      }
      const key = this.#graph.key(model, stored) as Key
      const place = `${model.name}.${name} ${keyText(key)}`
      if (this.#said.has(place) && !isSame(row[name], this.#said.get(place))) {
        refuse(model, below(path, name), 'differs from another copy of this row: change one.')
      }
      this.#said.set(place, row[name])
      this.#exchanges.note(model, column, row[name], key, stored[name])
      data[name] = row[name]
    }
    for (const relation of this.#graph.relations(model, row)) {
      const operations = this.#relation(row, stored, relation, path, at)
      if (operations !== null && Object.keys(operations).length === 0) continue
      const isInside = operations !== null && 'update' in operations
      if (!isMany(relation) && !isInside) this.#free(model, relation, row, data, path, stored)
      data[relation.name] = operations
    }
    return data
  }

  /** A relation that changes sets its foreign key: the column must not say something else. */
  #free(
    model: ModelDescription,
    relation: RelationshipDescription,
    row: PlainRow,
    data: PlainRow,
    path: string,
    stored: PlainRow = {},
  ): void {
    if (relation.direction !== 'many_to_one') return
    const target = row[relation.name] as PlainRow | null
    const { primary_key } = this.#graph.target(relation)
    relation.foreign_keys.forEach((name, index) => {
      const given = data[name] ?? null
      const meant = target === null ? null : (target[primary_key[index]] ?? null)
      if (given !== null && given !== meant && given !== stored[name]) {
        const what = `says ${String(given)} and ${relation.name} another row: change one.`
        refuse(model, below(path, name), what)
      }
      Reflect.deleteProperty(data, name)
    })
  }

  /** The operations on one relation; null takes the related row away. */
  #relation(
    row: PlainRow,
    stored: PlainRow,
    relation: RelationshipDescription,
    path: string,
    at: string,
  ): PlainRow | null {
    const place = below(at, relation.name)
    const rows = this.#graph.related(row, relation, path)
    if (isMany(relation)) {
      const before = stored[relation.name] as readonly PlainRow[]
      if (isPartial(row, relation.name)) this.#refusePartial(relation, below(path, relation.name))
      return this.#many(relation, rows, before, place)
    }
    const before = stored[relation.name] as PlainRow | null
    if (rows.length === 0) return before === null ? {} : null
    return this.#toOne(relation, rows[0], before, place)
  }

  #toOne(
    relation: RelationshipDescription,
    [row, path]: [PlainRow, string],
    before: PlainRow | null,
    place: string,
  ): PlainRow {
    const target = this.#graph.target(relation)
    const key = this.#graph.key(target, row, path)
    if (key === null) {
      const inside = below(place, 'create')
      return { create: this.#nested(inside, path, () => this.#data(target, row, path, inside)) }
    }
    const known = before === null ? null : this.#graph.key(target, before)
    if (before === null || known === null || keyText(known) !== keyText(key)) {
      this.#own.push([target, row, path, referring(relation)])
      return { connect: key }
    }
    const inside = below(place, 'update')
    const update = this.#nested(inside, path, () =>
      this.#difference(target, row, before, path, inside),
    )
    return Object.keys(update).length === 0 ? {} : { update }
  }

  #many(
    relation: RelationshipDescription,
    rows: readonly [PlainRow, string][],
    before: readonly PlainRow[],
    place: string,
  ): PlainRow {
    const target = this.#graph.target(relation)
    const left = new Map(
      before.map((one) => [keyText(this.#graph.key(target, one) as Key), one] as const),
    )
    const columns = referring(relation)
    const kind = `${target.name} ${columns.join()} `
    const gone: Key[] = []
    const lists = {
      create: [] as PlainRow[],
      connect: [] as Key[],
      update: [] as { where: Key; data: PlainRow }[],
      // Rows that were taken out lose their reference, or go where they cannot be without.
      [this.#goes(relation, target) ? 'delete' : 'disconnect']: gone,
    }
    if (columns.length > 0) this.#gone.push([kind, gone])
    for (const [row, path] of rows) {
      const key = this.#graph.key(target, row, path)
      const known = key === null ? undefined : left.get(keyText(key))
      if (key !== null && known !== undefined) {
        left.delete(keyText(key))
        const inside = `${place}.update[${lists.update.length}].data`
        const data = this.#nested(inside, path, () =>
          this.#difference(target, row, known, path, inside),
        )
        if (Object.keys(data).length > 0) lists.update.push({ where: key, data })
      } else if (key !== null && this.#isThere(target, key, path)) {
        lists.connect.push(key)
        this.#arrived.add(kind + keyText(key))
        this.#own.push([target, row, path, columns])
      } else {
        const inside = `${place}.create[${lists.create.length}]`
        lists.create.push(this.#nested(inside, path, () => this.#data(target, row, path, inside)))
      }
    }
    for (const one of left.values()) gone.push(this.#graph.key(target, one) as Key)
    return Object.fromEntries(Object.entries(lists).filter(([, all]) => all.length > 0))
  }

  #goes(relation: RelationshipDescription, target: ModelDescription): boolean {
    const isOwned = target.columns.some(
      ({ name, not_null, primary_key }) =>
        relation.direction === 'one_to_many' &&
        relation.foreign_keys.includes(name) &&
        (not_null === true || primary_key === true),
    )
    return isOwned || relation.cascade.includes('delete-orphan')
  }

  #isThere(model: ModelDescription, where: Key, path: string): boolean {
    // A number that the catalog gave was there; when it is gone, its plan says so.
    if (this.#graph.isNumbered(model)) return true
    return this.#find(model, path, { where, select: model.primary_key }).length > 0
  }

  #find(model: ModelDescription, path: string, asked: PlainRow): PlainRow[] {
    return tellOfGraph([['where', path]], () => this.#store.find(model, asked))
  }

  #nested(data: string, graph: string, make: () => PlainRow): PlainRow {
    this.#origins.push([data, graph])
    if (++this.#depth > kMaxDepth) {
      const message = `${graph} is nested more than ${kMaxDepth} deep, or contains itself.`
      throw new CatalogError({ code: 'VALIDATION', path: graph, message })
    }
    const made = make()
    this.#depth--
    return made
  }

  #refusePartial(relation: RelationshipDescription, path: string): never {
    throw new CatalogError({
      code: 'STATE',
      path,
      reason: 'partial_relation',
      message:
        `${path} was loaded with where, limit or the like, so it is not known what was taken out ` +
        `of it: include all of ${relation.name}, or write with update().`,
    })
  }
}
