// ModelHandle: the calls on one model, without their types: ModelApi in types/catalog.ts says what
// they promise. It checks the form of its arguments; what they mean is the module's affair.
import { convertTable } from './aggregate.js'
import type { Calls, Scope } from './calls.js'
import { CatalogError } from './errors.js'
import { pagesOf, walk } from './iterate.js'
import type { Pages } from './iterate.js'
import type { Live } from './live/live.js'
import { after } from './maybe.js'
import type { Maybe } from './maybe.js'
import { flag, options } from './options.js'
import type { Options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import { notePartial } from './save/partial.js'
import { Attachment } from './pictures/attachment.js'
import type { ModelDescription } from './types/description.js'
import type { Argument } from './values/outgoing.js'
import type { RowsVerb, ValueVerb } from './wasm/glue.js'

const kFindOptions = ['where', 'search', 'select', 'include', 'orderBy', 'limit', 'offset', 'after']
const kShapeOptions = ['select', 'include']
const kAggregateOptions = ['where', 'groupBy', 'values', 'having', 'orderBy', 'limit']

// Writing every row there is has to be meant: { where: {} } says so.
const kNeeded = { where: '{ where: {} } is every row.', data: 'the values to set.' }

function allGiven(value: unknown, name: string, known: (keyof typeof kNeeded)[]): Options {
  const given = options(value, name, known)
  for (const option of known) {
    if (option in given) continue
    const message = `${name} needs ${option}: ${kNeeded[option]}`
    throw new CatalogError({ code: 'VALIDATION', path: option, message })
  }
  return given
}

export class ModelHandle {
  readonly #core: Calls
  readonly #model: number
  readonly #scope: Scope | null

  constructor(core: Calls, model: number, scope: Scope | null) {
    this.#core = core
    this.#model = model
    this.#scope = scope
  }

  find(args?: unknown): Maybe<PlainRow[]> {
    return this.#find(options(args, 'find', kFindOptions))
  }

  first(args?: unknown): Maybe<PlainRow | null> {
    const given = options(args, 'first', kFindOptions)
    const { limit = 1 } = given
    // What is no limit is refused as find refuses it.
    const isMore = 'limit' in given ? Number.isInteger(limit) && (limit as number) > 1 : true
    const rows = this.#find(isMore ? { ...given, limit: 1 } : given)
    return after(rows, ([row = null]) => row)
  }

  iterate(args?: unknown): Generator<PlainRow> {
    const given = options(args, 'iterate', kFindOptions)
    // Mistakes are told now, not when the first row is asked for.
    this.toSQL(given)
    return walk(this.pages(given), (page) => this.#find(page) as PlainRow[])
  }

  live(args?: unknown): Live {
    const live =
      this.#scope === null && this.#core.live?.(this.#model, options(args, 'live', kFindOptions))
    if (live) return live
    const message = 'A live query shows what was committed: open it outside of the transaction.'
    throw new CatalogError({ code: 'STATE', message })
  }

  /** The requests that iterate() walks through. */
  pages(args?: unknown): Pages {
    return pagesOf(this.#description, options(args, 'iterate', kFindOptions))
  }

  get(key: unknown, shape?: unknown): Maybe<PlainRow> {
    this.#scope?.check()
    const asked = options(shape, 'get', kShapeOptions)
    return this.#one('get', [
      ['key', key],
      ['', asked],
    ])
  }

  count(args?: unknown): Maybe<number> {
    this.#scope?.check()
    const asked = options(args, 'count', ['where', 'search'])
    return this.#core.value('count', this.#model, [['', asked]]) as Maybe<number>
  }

  create(data: unknown, shape?: unknown): Maybe<PlainRow> {
    this.#scope?.check()
    const asked = options(shape, 'create', kShapeOptions)
    return this.#one('create', [
      ['', data],
      ['', asked],
    ])
  }

  update(key: unknown, data: unknown, shape?: unknown): Maybe<PlainRow> {
    this.#scope?.check()
    const asked = options(shape, 'update', kShapeOptions)
    return this.#one('update', [
      ['key', key],
      ['', data],
      ['', asked],
    ])
  }

  upsert(data: unknown, shape?: unknown): Maybe<PlainRow> {
    this.#scope?.check()
    const asked = options(shape, 'upsert', kShapeOptions)
    return this.#one('upsert', [
      ['', data],
      ['', asked],
    ])
  }

  save(graph: unknown, shape?: unknown): Maybe<PlainRow> {
    this.#scope?.check()
    const asked = options(shape, 'save', kShapeOptions)
    return after(this.#core.save(this.#model, graph, asked), (row) => {
      notePartial([row], asked['include'])
      return row
    })
  }

  createMany(rows: unknown): Maybe<number> {
    this.#scope?.check()
    if (!Array.isArray(rows)) {
      const message = 'createMany takes a list of rows.'
      throw new CatalogError({ code: 'VALIDATION', message })
    }
    return this.#core.createMany(this.#model, rows)
  }

  updateMany(args: unknown): Maybe<number> {
    this.#scope?.check()
    const given = allGiven(args, 'updateMany', ['where', 'data'])
    return this.#core.value('updateMany', this.#model, [['', given]]) as Maybe<number>
  }

  delete(key: unknown, choice?: unknown): Maybe<Record<string, number>> {
    return this.#remove('remove', ['key', key], options(choice, 'delete', ['dryRun']))
  }

  deleteMany(args: unknown, choice?: unknown): Maybe<Record<string, number>> {
    const given = allGiven(args, 'deleteMany', ['where'])
    return this.#remove('removeMany', ['', given], options(choice, 'deleteMany', ['dryRun']))
  }

  aggregate(args: unknown): Maybe<PlainRow | PlainRow[]> {
    this.#scope?.check()
    const asked = options(args, 'aggregate', kAggregateOptions)
    const { groupBy, values } = asked
    const groups = Array.isArray(groupBy) ? (groupBy as string[]) : []
    const names = [...groups, ...Object.keys(values ?? {})]
    const table = this.#core.table('aggregate', this.#model, [['', asked]], names)
    const catalog = this.#core.describe()
    return after(table, (rows) => convertTable(catalog, this.#description, asked, rows))
  }

  toSQL(args?: unknown): unknown {
    this.#scope?.check()
    const asked = options(args, 'toSQL', kFindOptions)
    return this.#core.value('toSql', this.#model, [['', asked]])
  }

  attachment(name: unknown): Attachment {
    return new Attachment(this.#core, this.#description, name, this.#scope)
  }

  get #description(): ModelDescription {
    return this.#core.describe().models[this.#model]
  }

  #find(args: Options): Maybe<PlainRow[]> {
    this.#scope?.check()
    return after(this.#core.rows('find', this.#model, [['', args]]), (rows) => {
      notePartial(rows, args['include'])
      return rows
    })
  }

  #one(verb: RowsVerb, values: Argument[]): Maybe<PlainRow> {
    return after(this.#core.rows(verb, this.#model, values), (rows) => {
      notePartial(rows, (values[values.length - 1][1] as Options)['include'])
      return rows[0]
    })
  }

  #remove(verb: ValueVerb, target: Argument, choice: Options): Maybe<Record<string, number>> {
    this.#scope?.check()
    const dryRun = flag(choice, 'dryRun')
    return this.#core.value(verb, this.#model, [target, ['', dryRun]]) as Maybe<
      Record<string, number>
    >
  }
}
