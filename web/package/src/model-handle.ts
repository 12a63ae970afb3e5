// ModelHandle: the calls on one model, without their types: ModelApi in types/catalog.ts says what
// they promise. It checks the form of its arguments; what they mean is the module's affair.
import { aggregated } from './aggregate.js'
import type { CatalogCore } from './catalog-core.js'
import { CatalogError } from './errors.js'
import { iterateRows } from './iterate.js'
import { flag, options } from './options.js'
import type { Options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import { Graph } from './save/graph.js'
import { notePartial } from './save/partial.js'
import { Save } from './save/save.js'
import type { Store } from './save/save.js'
import { runTransaction } from './transaction.js'
import type { ModelDescription } from './types/description.js'
import type { Argument } from './values/outgoing.js'
import type { RowsVerb, ValueVerb } from './wasm/glue.js'

/** Whether calls are still allowed; a transaction's handles end with it. */
export interface Scope {
  /** Fails with STATE when they are not. */
  check(): void
}

const kFindOptions = [
  ...['where', 'search', 'select', 'include', 'orderBy', 'limit', 'offset', 'after'],
]
const kShapeOptions = ['select', 'include']
const kAggregateOptions = ['where', 'groupBy', 'values', 'having', 'orderBy', 'limit']

// Writing every row there is has to be meant: { where: {} } says so.
function withWhere(value: unknown, name: string, known: readonly string[]): Options {
  const given = options(value, name, known)
  for (const option of known) {
    if (option in given) continue
    const message = `${name} needs ${option}: { where: {} } is every row.`
    throw new CatalogError({ code: 'VALIDATION', path: option, message })
  }
  return given
}

export class ModelHandle {
  readonly #core: CatalogCore
  readonly #model: number
  readonly #scope: Scope | null

  constructor(core: CatalogCore, model: number, scope: Scope | null) {
    this.#core = core
    this.#model = model
    this.#scope = scope
  }

  find(args?: unknown): PlainRow[] {
    return this.#find(options(args, 'find', kFindOptions))
  }

  first(args?: unknown): PlainRow | null {
    const given = options(args, 'first', kFindOptions)
    return this.#find(given['limit'] === 0 ? given : { ...given, limit: 1 })[0] ?? null
  }

  iterate(args?: unknown): Generator<PlainRow> {
    const given = options(args, 'iterate', kFindOptions)
    // Mistakes are told now, not when the first row is asked for.
    this.toSQL(given)
    return iterateRows(this.#description, (page) => this.#find(page), given)
  }

  get(key: unknown, shape?: unknown): PlainRow {
    this.#scope?.check()
    const asked = options(shape, 'get', kShapeOptions)
    return this.#one('get', [
      ['key', key],
      ['', asked],
    ])
  }

  count(args?: unknown): number {
    this.#scope?.check()
    const asked = options(args, 'count', ['where', 'search'])
    return this.#core.value('count', this.#model, [['', asked]]) as number
  }

  create(data: unknown, shape?: unknown): PlainRow {
    this.#scope?.check()
    const asked = options(shape, 'create', kShapeOptions)
    return this.#one('create', [
      ['', data],
      ['', asked],
    ])
  }

  update(key: unknown, data: unknown, shape?: unknown): PlainRow {
    this.#scope?.check()
    const asked = options(shape, 'update', kShapeOptions)
    return this.#one('update', [
      ['key', key],
      ['', data],
      ['', asked],
    ])
  }

  upsert(data: unknown, shape?: unknown): PlainRow {
    this.#scope?.check()
    const asked = options(shape, 'upsert', kShapeOptions)
    return this.#one('upsert', [
      ['', data],
      ['', asked],
    ])
  }

  save(graph: unknown, shape?: unknown): PlainRow {
    this.#scope?.check()
    const asked = options(shape, 'save', kShapeOptions)
    const { models } = this.#core.describe()
    const handle = (model: ModelDescription): ModelHandle =>
      new ModelHandle(this.#core, models.indexOf(model), null)
    const store: Store = {
      find: (model, args) => handle(model).find(args),
      create: (model, data) => handle(model).create(data),
      update: (model, key, data) => handle(model).update(key, data, { select: model.primary_key }),
    }
    return runTransaction(this.#core, () => {
      const key = new Save(store, new Graph({ models })).run(this.#description, graph)
      return this.get(key, asked)
    }) as PlainRow
  }

  createMany(rows: unknown): number {
    this.#scope?.check()
    if (!Array.isArray(rows)) {
      const message = 'createMany takes a list of rows.'
      throw new CatalogError({ code: 'VALIDATION', message })
    }
    return this.#core.value('createMany', this.#model, [['', rows]]) as number
  }

  updateMany(args: unknown): number {
    this.#scope?.check()
    const given = withWhere(args, 'updateMany', ['where', 'data'])
    return this.#core.value('updateMany', this.#model, [['', given]]) as number
  }

  delete(key: unknown, choice?: unknown): Record<string, number> {
    return this.#remove('remove', ['key', key], options(choice, 'delete', ['dryRun']))
  }

  deleteMany(args: unknown, choice?: unknown): Record<string, number> {
    const given = withWhere(args, 'deleteMany', ['where'])
    return this.#remove('removeMany', ['', given], options(choice, 'deleteMany', ['dryRun']))
  }

  aggregate(args: unknown): PlainRow | PlainRow[] {
    this.#scope?.check()
    const asked = options(args, 'aggregate', kAggregateOptions)
    const { groupBy, values } = asked
    const groups = Array.isArray(groupBy) ? (groupBy as string[]) : []
    const names = [...groups, ...Object.keys(values ?? {})]
    const table = this.#core.table('aggregate', this.#model, [['', asked]], names)
    return aggregated(this.#core.describe(), this.#description, asked, table)
  }

  toSQL(args?: unknown): unknown {
    this.#scope?.check()
    const asked = options(args, 'toSQL', kFindOptions)
    return this.#core.value('toSql', this.#model, [['', asked]])
  }

  get #description(): ModelDescription {
    return this.#core.describe().models[this.#model]
  }

  #find(args: Options): PlainRow[] {
    this.#scope?.check()
    const rows = this.#core.rows('find', this.#model, [['', args]])
    notePartial(rows, args['include'])
    return rows
  }

  #one(verb: RowsVerb, values: Argument[]): PlainRow {
    const rows = this.#core.rows(verb, this.#model, values)
    notePartial(rows, (values[values.length - 1][1] as Options)['include'])
    return rows[0]
  }

  #remove(verb: ValueVerb, target: Argument, choice: Options): Record<string, number> {
    this.#scope?.check()
    const dryRun = flag(choice, 'dryRun')
    return this.#core.value(verb, this.#model, [target, ['', dryRun]]) as Record<string, number>
  }
}
