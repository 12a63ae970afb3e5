// A graph of rows against its models: what is a column, what is a relation, which row is which.
import { CatalogError } from '../errors.js'
import type { PlainRow } from '../packet/shape.js'
import type {
  CatalogDescription,
  ColumnDescription,
  ModelDescription,
  RelationshipDescription,
} from '../types/description.js'
import { kMaxDepth } from './depth.js'

export type Key = PlainRow

/** Refuses a part of the graph, naming its place in it. */
export function refuse(model: ModelDescription, path: string, what: string): never {
  const place = path === '' ? `The ${model.name}` : path
  throw new CatalogError({
    code: 'VALIDATION',
    model: model.name,
    path,
    message: `${place} ${what}`,
  })
}

export function below(path: string, name: string | number): string {
  if (typeof name === 'number') return `${path}[${name}]`
  return path === '' ? name : `${path}.${name}`
}

export function isMany(relation: RelationshipDescription): boolean {
  return relation.direction !== 'many_to_one' && relation.uselist !== false
}

// What is asked of a model for each row: the names of its columns and relations.
const namesOf = /* @__PURE__ */ new WeakMap<ModelDescription, Set<string>>()
const targetOf = /* @__PURE__ */ new WeakMap<RelationshipDescription, ModelDescription>()

function knownNames(model: ModelDescription): Set<string> {
  const found = namesOf.get(model)
  if (found !== undefined) return found
  const names = [...model.columns, ...model.relationships].map(({ name }) => name)
  const made = new Set([...names, '_count'])
  namesOf.set(model, made)
  return made
}

export class Graph {
  readonly #catalog: CatalogDescription

  constructor(catalog: CatalogDescription) {
    this.#catalog = catalog
  }

  target(relation: RelationshipDescription): ModelDescription {
    let target = targetOf.get(relation)
    if (target === undefined) {
      // A relation's target is always among the models.
      target = this.#catalog.models.find(({ name }) => name === relation.target)
      targetOf.set(relation, target as ModelDescription)
    }
    return target as ModelDescription
  }

  /** `value` as a row, each of whose names is known. */
  row(model: ModelDescription, value: unknown, path: string): PlainRow {
    if (!isRow(value)) refuse(model, path, 'must be a row: an object of columns and relations.')
    const row = value
    const known = knownNames(model)
    for (const name of Object.keys(row)) {
      if (row[name] === undefined) {
        const here = below(path, name)
        const message = `${here} is undefined: leave it out, or use null for "no value".`
        throw new CatalogError({ code: 'UNDEFINED_VALUE', model: model.name, path: here, message })
      }
      if (!known.has(name)) refuse(model, below(path, name), `is no column or relation.`)
    }
    return row
  }

  /** The columns of `row` that can be written; its key is not among those of a row that exists. */
  columns(model: ModelDescription, row: PlainRow): readonly ColumnDescription[] {
    return model.columns.filter((column) => column.name in row && column.computed === undefined)
  }

  relations(model: ModelDescription, row: PlainRow): readonly RelationshipDescription[] {
    return model.relationships.filter(({ name }) => name in row)
  }

  /** The rows that `row` has under a relation, each with its place. */
  related(row: PlainRow, relation: RelationshipDescription, path: string): [PlainRow, string][] {
    const target = this.target(relation)
    const here = below(path, relation.name)
    const value = row[relation.name]
    if (!isMany(relation)) return value === null ? [] : [[this.row(target, value, here), here]]
    if (!Array.isArray(value)) refuse(target, here, 'must be a list of rows.')
    return (value as unknown[]).map((one, index) => {
      const place = below(here, index)
      return [this.row(target, one, place), place]
    })
  }

  /** The key of `row`, or null for one that has none yet. */
  key(model: ModelDescription, row: PlainRow, path = ''): Key | null {
    const key: Key = {}
    for (const name of model.primary_key) {
      let value = row[name] ?? null
      if (value === null) return null
      // As a number where it is one: keys are compared. With a larger one no row was ever loaded.
      if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) value = Number(value)
      // Read as a filter, it would find another row.
      if (!isKeyValue(value))
        refuse(model, below(path, name), 'is no value of a key: leave it out to make a row.')
      key[name] = value
    }
    return key
  }

  /** Whether rows get their key from the catalog, so that one with a key has been there. */
  isNumbered(model: ModelDescription): boolean {
    const [name] = model.primary_key
    const column = model.columns.find((one) => one.name === name)
    return model.primary_key.length === 1 && column?.type === 'integer'
  }

  /** The include that brings everything `rows` have now; what is no row is passed over. */
  include(model: ModelDescription, rows: Iterable<PlainRow>, depth = 0): PlainRow {
    if (depth > kMaxDepth) {
      refuse(model, '', `is related to itself, or nested more than ${kMaxDepth} deep.`)
    }
    const include: PlainRow = {}
    for (const relation of model.relationships) {
      const { name } = relation
      // A row that many refer to is looked at once.
      const further = new Set<PlainRow>()
      let isThere = false
      for (const row of rows) {
        if (!(name in row)) continue
        isThere = true
        for (const one of listOf(row[name])) if (isRow(one)) further.add(one)
      }
      if (!isThere) continue
      include[name] = { include: this.include(this.target(relation), further, depth + 1) }
    }
    return include
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function isRow(value: unknown): value is PlainRow {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isKeyValue(value: unknown): boolean {
  if (typeof value !== 'object') return typeof value !== 'bigint'
  return value instanceof Date || value instanceof Uint8Array
}

/** One text per key: equal for equal keys. */
export function keyText(key: Key): string {
  const values = Object.values(key)
  // Most keys are one number, and there are many of them.
  if (values.length === 1 && typeof values[0] === 'number') return String(values[0])
  return JSON.stringify(values)
}
