// Compiled: a statement of SQLite with what was found out about it. It outlives the Statement that
// a program frees, when the same SQL may well be prepared again.
import type { RawModule } from './module.js'
import { isSteady } from './sql-kinds.js'
import type { RowObject, SqlValue } from './types.js'

export class Compiled {
  readonly at: number
  /** The SQL under which it can be kept: none where it may change what SQL means. */
  readonly key: string | null
  readonly #module: RawModule
  // Whether running it leaves all databases as they are.
  readonly #isRead: boolean
  #isSteady: boolean | null = null
  #names: string[] = []
  // A row without values: copies of it share one hidden class.
  #template: RowObject = {}
  // Which compilation the names are of; none yet.
  #namesOf = -1
  #parameters: Map<string, number> | null = null

  constructor(module: RawModule, at: number, isRead: boolean, key: string | null) {
    this.#module = module
    this.at = at
    this.#isRead = isRead
    this.key = key
  }

  /** Whether running it again gives the same, as long as nothing is written. */
  get isSteady(): boolean {
    return (this.#isSteady ??= this.#isRead && this.key !== null && isSteady(this.key))
  }

  /** The numbers of the parameters that have names, by these. */
  get parameters(): ReadonlyMap<string, number> {
    return (this.#parameters ??= this.#namedParameters())
  }

  #namedParameters(): Map<string, number> {
    const { glue } = this.#module
    const named = new Map<string, number>()
    for (let number = glue._rawParameters(this.at); number > 0; number--) {
      const name = this.#module.cString(glue._rawParameter(this.at, number))
      if (name !== '') named.set(name, number)
    }
    return named
  }

  columnNames(): string[] {
    const { glue } = this.#module
    const names: string[] = []
    const count = glue._rawColumns(this.at)
    for (let i = 0; i < count; i++) names.push(this.#module.cString(glue._rawColumn(this.at, i)))
    return names
  }

  /** `values`, which the given compilation gave, by the names of their columns. */
  asObject(values: readonly SqlValue[], compilation: number): RowObject {
    if (this.#namesOf !== compilation) {
      this.#namesOf = compilation
      this.#names = this.columnNames()
      const entries = this.#names.map((name) => [name, undefined] as const)
      this.#template = Object.fromEntries(entries) as unknown as RowObject
    }
    const names = this.#names
    const row = { ...this.#template }
    for (let i = 0; i < values.length; i++) row[names[i]] = values[i]
    return row
  }
}
