// ModelHandle: the calls on one model, without their types: ModelApi in types/catalog.ts says what
// they promise. It checks the form of its arguments; what they mean is the module's affair.
import type { CatalogCore } from './catalog-core.js'
import { CatalogError } from './errors.js'
import type { PlainRow } from './packet/shape.js'

/** Whether calls are still allowed; a transaction's handles end with it. */
export interface Scope {
  /** Fails with STATE when they are not. */
  check(): void
}

type Options = Readonly<Record<string, unknown>>

function options(value: unknown, name: string, known: readonly string[]): Options {
  if (value === undefined) return {}
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const message = `${name} must be an object such as { ${known[0]}: … }.`
    throw new CatalogError({ code: 'VALIDATION', message })
  }
  for (const option of Object.keys(value)) {
    if (known.includes(option)) continue
    const message = `${name} has no option ${option}; there are ${known.join(', ')}.`
    throw new CatalogError({ code: 'VALIDATION', path: option, message })
  }
  return value as Options
}

const kFindOptions = ['where', 'search', 'select', 'include', 'orderBy', 'limit', 'offset']
const kShapeOptions = ['select', 'include']

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
    this.#scope?.check()
    return this.#core.rows('find', this.#model, [['', options(args, 'find', kFindOptions)]])
  }

  first(args?: unknown): PlainRow | null {
    this.#scope?.check()
    const given = options(args, 'first', kFindOptions)
    const one = given['limit'] === 0 ? given : { ...given, limit: 1 }
    return this.#core.rows('find', this.#model, [['', one]])[0] ?? null
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

  delete(key: unknown, choice?: unknown): Record<string, number> {
    this.#scope?.check()
    const { dryRun = false } = options(choice, 'delete', ['dryRun'])
    if (typeof dryRun !== 'boolean') {
      const message = 'dryRun must be true or false.'
      throw new CatalogError({ code: 'VALIDATION', path: 'dryRun', message })
    }
    return this.#core.value('remove', this.#model, [
      ['key', key],
      ['', dryRun],
    ]) as Record<string, number>
  }

  #one(verb: 'get' | 'create' | 'update', values: [string, unknown][]): PlainRow {
    return this.#core.rows(verb, this.#model, values)[0]
  }
}
