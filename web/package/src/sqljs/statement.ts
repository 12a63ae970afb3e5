// Statement: one compiled statement as sql.js has it. Each row crosses in one call; all rows, which
// exec() wants, in batches.
import { bindAll } from './bind.js'
import type { RawDatabase } from './database.js'
import type { RawModule } from './module.js'
import { readRows } from './rows.js'
import type {
  BindParams,
  QueryExecResult,
  ReadConfig,
  RowObject,
  SqlValue,
  Statement,
} from './types.js'

export const kRow = 100
export const kDone = 101

export class RawStatement implements Statement {
  readonly #database: RawDatabase
  readonly #module: RawModule
  #at: number
  #names: string[] = []
  // A row without values: copies of it share one hidden class.
  #template: RowObject = {}
  // Which compilation the names are of; none yet.
  #namesOf = -1
  #parameters: Map<string, number> | null = null

  constructor(database: RawDatabase, module: RawModule, at: number) {
    this.#database = database
    this.#module = module
    this.#at = at
  }

  bind(values?: BindParams): boolean {
    this.#check()
    if (Array.isArray(values)) this.#bind(values, null)
    else if (values !== null && typeof values === 'object') this.#bindNamed(values as object)
    else this.reset()
    return true
  }

  #bind(values: readonly unknown[], numbers: readonly number[] | null): void {
    const result = bindAll(this.#module, this.#at, values, numbers)
    if (result !== 0) this.#database.handleError(result)
  }

  #bindNamed(values: object): void {
    const known = (this.#parameters ??= this.#namedParameters())
    const named = Object.entries(values).filter(([name]) => known.has(name))
    this.#bind(
      named.map(([, value]) => value as unknown),
      named.map(([name]) => known.get(name) as number),
    )
  }

  #namedParameters(): Map<string, number> {
    const { glue } = this.#module
    const named = new Map<string, number>()
    for (let number = glue._rawParameters(this.#at); number > 0; number--) {
      const name = this.#module.cString(glue._rawParameter(this.#at, number))
      if (name !== '') named.set(name, number)
    }
    return named
  }

  step(): boolean {
    this.#check()
    return this.#stepped(this.#module.glue._rawStep(this.#at))
  }

  #stepped(result: number): boolean {
    this.#module.targets.rethrow()
    this.#database.used()
    if (result === kRow) return true
    if (result !== kDone) this.#database.handleError(result)
    return false
  }

  get(params?: BindParams, config?: ReadConfig): SqlValue[] {
    if (params !== undefined && params !== null && this.bind(params)) this.step()
    const exact = config?.useBigInt === true
    const width = this.#module.glue._rawRow(this.#at, exact)
    if (width === 0) return []
    const rows: SqlValue[][] = []
    readRows(this.#module, width, exact, rows)
    return rows[0]
  }

  getAsObject(params?: BindParams, config?: ReadConfig): RowObject {
    const values = this.get(params, config)
    const names = this.#columnNames(this.#module.answer(5))
    const row = { ...this.#template }
    for (let i = 0; i < values.length; i++) row[names[i]] = values[i]
    return row
  }

  #columnNames(compilation: number): string[] {
    if (this.#namesOf !== compilation) {
      this.#namesOf = compilation
      this.#names = this.getColumnNames()
      const entries = this.#names.map((name) => [name, undefined] as const)
      this.#template = Object.fromEntries(entries) as unknown as RowObject
    }
    return this.#names
  }

  getColumnNames(): string[] {
    const { glue } = this.#module
    const names: string[] = []
    const count = glue._rawColumns(this.#at)
    for (let i = 0; i < count; i++) names.push(this.#module.cString(glue._rawColumn(this.#at, i)))
    return names
  }

  getSQL(): string {
    return this.#module.cString(this.#module.glue._rawSql(this.#at, false))
  }

  getNormalizedSQL(): string {
    return this.#module.cString(this.#module.glue._rawSql(this.#at, true))
  }

  run(values?: BindParams): boolean {
    if (values !== undefined && values !== null) this.bind(values)
    this.#check()
    this.#stepped(this.#module.glue._rawStepOnce(this.#at))
    return true
  }

  reset(): boolean {
    return this.#at === 0 || this.#module.glue._rawReset(this.#at) === 0
  }

  freemem(): void {
    return
  }

  free(): boolean {
    const result = this.#at === 0 || this.#module.glue._rawFinalize(this.#at) === 0
    this.#at = 0
    this.#database.forget(this)
    return result
  }

  /** Every row that is left, or null when there is none. */
  all(exact: boolean): QueryExecResult | null {
    let result: QueryExecResult | null = null
    for (let code = kRow; code === kRow;) {
      code = this.#module.glue._rawRows(this.#at, exact)
      this.#module.targets.rethrow()
      if (code !== kRow && code !== kDone) this.#database.handleError(code)
      if (this.#module.answer(1) === 0) continue
      result ??= { columns: this.getColumnNames(), values: [] }
      readRows(this.#module, result.columns.length, exact, result.values)
    }
    return result
  }

  #check(): void {
    if (this.#at === 0) throw 'Statement closed'
  }
}
