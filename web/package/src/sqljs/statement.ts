// Statement: one compiled statement as sql.js has it. Rows cross one by one or, to whom gets one
// after the other, in batches; all rows, which exec() wants, cross in batches too.
import { bindAll } from './bind.js'
import type { Compiled } from './compiled.js'
import { kDone, kRow } from './module.js'
import type { RawModule } from './module.js'
import { ReadAhead } from './read-ahead.js'
import { readRows } from './rows.js'
import type {
  GivenParams,
  QueryExecResult,
  ReadConfig,
  RowObject,
  SqlValue,
  Statement,
} from './types.js'

const kAllRows = 0xffffffff

/** What a statement asks of its database. */
export interface StatementDatabase {
  /** Whether a row that is read early is the same row: not where JavaScript is asked for it. */
  readonly mayReadAhead: boolean
  /** Grows before each run of what may write. */
  readonly writes: number
  /** The message of the last failure. */
  readonly message: string
  /** Called before a step. */
  beforeRun(compiled: Compiled): void
  /** Called when SQL has run. */
  used(): void
  /** Called where what SQL means may have changed. */
  forgetKept(): void
  /** Throws the Error of the last failure, unless the code is 0. */
  handleError(resultCode: number): null
  /** Has `statement`, which has read rows ahead, settled before something is written. */
  addReader(statement: RawStatement): void
  removeReader(statement: RawStatement): void
  /** Called by a statement that is freed; whether its last run did not fail. */
  release(statement: RawStatement, compiled: Compiled | null): boolean
}

export class RawStatement implements Statement {
  readonly #database: StatementDatabase
  readonly #module: RawModule
  // Null once it is freed.
  #compiled: Compiled | null
  #ahead: ReadAhead | null = null
  // How many rows were stepped to since the run began.
  #row = 0
  // Whether rows that follow are to be read ahead: one was got.
  #wantsAhead = false
  // The database's `writes` when the run began: what is read ahead must be what a run from the
  // start would find.
  #writes = 0

  constructor(database: StatementDatabase, module: RawModule, compiled: Compiled) {
    this.#database = database
    this.#module = module
    this.#compiled = compiled
  }

  bind(values?: GivenParams): boolean {
    const compiled = this.#open()
    this.#endRun()
    if (Array.isArray(values)) this.#bind(compiled, values, null)
    else if (values !== null && typeof values === 'object') this.#bindNamed(compiled, values)
    else this.reset()
    return true
  }

  #bind({ at }: Compiled, values: readonly unknown[], numbers: readonly number[] | null): void {
    const result = bindAll(this.#module, at, values, numbers)
    if (result !== 0) this.#database.handleError(result)
  }

  #bindNamed(compiled: Compiled, values: object): void {
    const known = compiled.parameters
    const named = Object.entries(values).filter(([name]) => known.has(name))
    this.#bind(
      compiled,
      named.map(([, value]) => value as unknown),
      named.map(([name]) => known.get(name) as number),
    )
  }

  step(): boolean {
    if (++this.#row === 1) this.#writes = this.#database.writes
    if (this.#ahead?.advance() === true) return true
    const compiled = this.#open()
    if (this.#ahead !== null) return this.#stepAhead(this.#ahead)
    if (this.#wantsAhead && compiled.isSteady && this.#mayReadAhead()) {
      this.#ahead = new ReadAhead(this.#module, compiled.at)
      this.#database.addReader(this)
      return this.#stepAhead(this.#ahead)
    }
    this.#database.beforeRun(compiled)
    return this.#stepped(compiled, this.#module.glue._rawStep(compiled.at))
  }

  #mayReadAhead(): boolean {
    return this.#database.mayReadAhead && this.#writes === this.#database.writes
  }

  #stepAhead(ahead: ReadAhead): boolean {
    const code = ahead.next(() => this.#database.message)
    if (code === kRow) return true
    const { message } = ahead
    this.#endRun()
    if (code !== kDone) throw new Error(message ?? '')
    return false
  }

  #stepped({ key }: Compiled, result: number): boolean {
    if (key === null) this.#database.forgetKept()
    this.#module.targets.rethrow()
    this.#database.used()
    if (result === kRow) return true
    this.#row = 0
    if (result !== kDone) this.#database.handleError(result)
    return false
  }

  get(params?: GivenParams, config?: ReadConfig): SqlValue[] {
    if (params !== undefined && params !== null && this.bind(params)) this.step()
    const exact = config?.useBigInt === true
    const ahead = this.#ahead
    if (ahead !== null && ahead.hasRow) return ahead.read(exact)
    const width = this.#module.glue._rawRow(this.#compiled?.at ?? 0)
    if (width === 0) return []
    this.#wantsAhead = true
    const rows: SqlValue[][] = []
    readRows(this.#module, width, exact, rows)
    return rows[0]
  }

  getAsObject(params?: GivenParams, config?: ReadConfig): RowObject {
    const values = this.get(params, config)
    const isAhead = this.#ahead?.hasRow === true
    const compilation = isAhead ? (this.#ahead as ReadAhead).compilation : this.#module.answer(5)
    return this.#compiled === null ? {} : this.#compiled.asObject(values, compilation)
  }

  getColumnNames(): string[] {
    return this.#compiled?.columnNames() ?? []
  }

  getSQL(): string {
    return this.#module.cString(this.#module.glue._rawSql(this.#compiled?.at ?? 0, false))
  }

  getNormalizedSQL(): string {
    return this.#module.cString(this.#module.glue._rawSql(this.#compiled?.at ?? 0, true))
  }

  run(values?: GivenParams): boolean {
    if (values !== undefined && values !== null) this.bind(values)
    const compiled = this.#open()
    this.#endRun()
    this.#database.beforeRun(compiled)
    this.#stepped(compiled, this.#module.glue._rawStepOnce(compiled.at))
    return true
  }

  reset(): boolean {
    this.#endRun()
    return this.#compiled === null || this.#module.glue._rawReset(this.#compiled.at) === 0
  }

  freemem(): void {
    return
  }

  free(): boolean {
    this.#endRun()
    const compiled = this.#compiled
    this.#compiled = null
    return this.#database.release(this, compiled)
  }

  /** Every row that is left, or null when there is none. */
  all(exact: boolean): QueryExecResult | null {
    const compiled = this.#open()
    let result: QueryExecResult | null = null
    for (let code = kRow; code === kRow;) {
      this.#database.beforeRun(compiled)
      code = this.#module.glue._rawRows(compiled.at, 0, kAllRows)
      this.#stepped(compiled, code)
      if (this.#module.answer(1) === 0) continue
      result ??= { columns: compiled.columnNames(), values: [] }
      readRows(this.#module, result.columns.length, exact, result.values)
    }
    return result
  }

  /** Called before something is written: rows that follow are then read as they are by then. */
  settle(): void {
    if (this.#ahead === null || this.#compiled === null) return
    this.#dropAhead()
    this.#module.glue._rawReplay(this.#compiled.at, this.#row)
  }

  #dropAhead(): void {
    if (this.#ahead === null) return
    this.#ahead.free()
    this.#ahead = null
    this.#database.removeReader(this)
  }

  #endRun(): void {
    this.#dropAhead()
    this.#row = 0
    this.#wantsAhead = false
  }

  #open(): Compiled {
    if (this.#compiled === null) throw 'Statement closed'
    return this.#compiled
  }
}
