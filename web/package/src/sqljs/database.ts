// RawDatabase: a connection of SQLite as sql.js has it: what each call takes, gives and throws is
// sql.js's, strings thrown included. It belongs to itself, or to a catalog, which stays open then.
import { Compiled } from './compiled.js'
import { KeptStatements } from './kept-statements.js'
import type { RawModule } from './module.js'
import { isAboutRows, isHarmless } from './sql-kinds.js'
import { RawStatement } from './statement.js'
import type { StatementDatabase } from './statement.js'
import { RawStatementIterator } from './statement-iterator.js'
import type { ScriptDatabase } from './statement-iterator.js'
import type {
  AggregateFunctions,
  GivenParams,
  Database,
  QueryExecResult,
  ReadConfig,
  RowObject,
  Statement,
  StatementIterator,
  UpdateHookCallback,
} from './types.js'

const kBusy = 5
const kBusyMessage =
  'Unable to export: SQLite is busy or locked. ' +
  'Finish active write transactions before exporting.'

const kCallingMessage = 'SQL calls a function: let it return before closing the database.'

/** `sql` as text; what has no length is refused as sql.js refuses it. */
export function sqlText(sql: string): string {
  return sql.length === undefined ? '' : sql
}

export class RawDatabase implements Database, StatementDatabase, ScriptDatabase {
  readonly filename: string
  db: number | null
  /** Told whenever SQL has run or is about to. */
  used: () => void = () => undefined
  readonly #module: RawModule
  readonly #isOwner: boolean
  readonly #statements = new Set<Statement>()
  readonly #kept: KeptStatements
  // Statements that have read rows ahead.
  readonly #readers = new Set<RawStatement>()
  mayReadAhead: boolean
  writes = 0

  /** Over an open connection, which is closed with this when it is its own. */
  constructor(module: RawModule, handle: number, filename: string, isOwner: boolean) {
    this.#module = module
    this.db = handle
    this.filename = filename
    this.#isOwner = isOwner
    this.mayReadAhead = isOwner
    this.#kept = new KeptStatements((statement) => module.glue._rawFinalize(statement))
  }

  run(sql: string, params?: GivenParams): this {
    this.#check()
    this.used()
    if (params) return this.#runOne(sqlText(sql), params)
    this.#settleReaders()
    const result = this.#module.withOwnText(sqlText(sql), (at) =>
      this.#module.glue._rawRun(this.#handle, at),
    )
    if (!isHarmless(sql)) this.#kept.clear()
    this.#module.targets.rethrow()
    this.handleError(result)
    return this
  }

  #runOne(sql: string, params: GivenParams): this {
    const statement = this.#compiled(sql)
    try {
      statement.run(params)
    } finally {
      statement.free()
    }
    return this
  }

  exec(sql: string, params?: GivenParams, config?: ReadConfig): QueryExecResult[] {
    this.#check()
    const exact = config?.useBigInt === true
    const results: QueryExecResult[] = []
    const kept = this.#kept.take(sql)
    if (kept !== undefined) {
      this.#addRows(new RawStatement(this, this.#module, kept), params, exact, results)
      return results
    }
    const key = isAboutRows(sql) ? sql : null
    this.#module.withOwnText(sqlText(sql), (start) => {
      for (let at = start; this.#module.bytes[at] !== 0;) {
        const statement = this.compile(at, key)
        at = this.rest
        if (statement !== null) this.#addRows(statement, params, exact, results)
      }
    })
    return results
  }

  #addRows(
    statement: RawStatement,
    params: GivenParams | undefined,
    exact: boolean,
    results: QueryExecResult[],
  ): void {
    try {
      if (params !== undefined && params !== null) statement.bind(params)
      const result = statement.all(exact)
      if (result !== null) results.push(result)
    } finally {
      statement.free()
    }
  }

  each(
    sql: string,
    params: GivenParams | ((row: RowObject) => void) | undefined,
    callback?: ((row: RowObject) => void) | (() => void),
    done?: () => void,
    config?: ReadConfig,
  ): unknown {
    if (typeof params === 'function')
      return this.each(sql, undefined, params, callback as never, config)
    const statement = this.prepare(sql, params)
    try {
      const read = callback as (row: RowObject) => void
      while (statement.step()) read(statement.getAsObject(null, config))
    } finally {
      statement.free()
    }
    return typeof done === 'function' ? (done as () => unknown)() : undefined
  }

  prepare(sql: string, params?: GivenParams): Statement {
    const statement = this.#compiled(sqlText(sql))
    this.#statements.add(statement)
    if (params !== undefined && params !== null) statement.bind(params)
    return statement
  }

  #compiled(sql: string): RawStatement {
    const kept = this.#kept.take(sql)
    if (kept !== undefined) return new RawStatement(this, this.#module, kept)
    const key = isAboutRows(sql) ? sql : null
    const statement = this.#module.withText(sql, (at) => this.compile(at, key))
    if (statement === null) throw 'Nothing to prepare'
    return statement
  }

  iterateStatements(sql: string): StatementIterator {
    return new RawStatementIterator(this, this.#module, sqlText(sql))
  }

  export(): Uint8Array<ArrayBuffer> {
    if (this.db === null) throw new Error('Database closed')
    const result = this.#module.glue._rawExport(this.db)
    if (result === kBusy) throw new Error(kBusyMessage)
    this.handleError(result)
    const at = this.#module.answer(0)
    const bytes = this.#module.bytes.slice(at, at + this.#module.answer(1))
    if (this.#module.answer(2) === 1) this.#module.glue._rawFree(at)
    return bytes
  }

  /** Whether SQLite is calling a function or a hook, of this module's databases or of another's. */
  get isCalling(): boolean {
    return this.#module.targets.isCalling
  }

  close(): void {
    if (this.db === null) return
    if (this.isCalling) throw new Error(kCallingMessage)
    for (const statement of this.#statements) statement.free()
    this.#kept.clear()
    this.updateHook(null)
    if (this.#isOwner) this.#module.glue._rawClose(this.db)
    this.db = null
  }

  handleError(resultCode: number): null {
    if (resultCode === 0) return null
    // A failure can have undone a transaction, and with it changes of the schema.
    this.#kept.clear()
    throw new Error(this.message)
  }

  get message(): string {
    return this.#module.cString(this.#module.glue._rawMessage(this.#handle))
  }

  getRowsModified(): number {
    return this.db === null ? 0 : this.#module.glue._rawChanges(this.db)
  }

  create_function(name: string, func: (...values: never[]) => unknown): this {
    const { length } = func
    const { targets } = this.#module
    return this.#add(name, length, false, () => targets.addFunction(func as never))
  }

  create_aggregate(name: string, functions: AggregateFunctions): this {
    if (!functions.step) throw `An aggregate function must have a step function in ${name}`
    const { targets } = this.#module
    return this.#add(name, functions.step.length - 1, true, () => targets.addAggregate(functions))
  }

  #add(name: string, count: number, isAggregate: boolean, target: () => number): this {
    if (this.db === null) return this
    const handle = this.db
    this.mayReadAhead = false
    this.#kept.clear()
    const result = this.#module.withText(name, (at) =>
      this.#module.glue._rawFunction(handle, at, count, isAggregate, target()),
    )
    this.handleError(result)
    return this
  }

  updateHook(callback: UpdateHookCallback | null): this {
    if (this.db === null) return this
    const target = callback ? this.#module.targets.addHook(callback) : 0
    this.#module.glue._rawHook(this.db, target)
    return this
  }

  get rest(): number {
    return this.#module.answer(1)
  }

  compile(at: number, key: string | null): RawStatement | null {
    const result = this.#module.glue._rawPrepare(this.#handle, at)
    if (result !== 0) this.handleError(result)
    const found = this.#module.answer(0)
    if (found === 0) return null
    const compiled = new Compiled(this.#module, found, this.#module.answer(2) === 1, key)
    return new RawStatement(this, this.#module, compiled)
  }

  keep(statement: Statement): void {
    this.#statements.add(statement)
  }

  release(statement: RawStatement, compiled: Compiled | null): boolean {
    this.#statements.delete(statement)
    if (compiled === null) return true
    const { at, key } = compiled
    const isKept = key !== null && this.#isOwner && this.db !== null && this.#kept.isRepeated(key)
    if (!isKept) return this.#module.glue._rawFinalize(at) === 0
    const result = this.#module.glue._rawReset(at)
    this.#kept.keep(key, compiled)
    return result === 0
  }

  addReader(statement: RawStatement): void {
    this.#readers.add(statement)
  }

  removeReader(statement: RawStatement): void {
    this.#readers.delete(statement)
  }

  beforeRun(compiled: Compiled): void {
    if (!compiled.isSteady) this.#settleReaders()
  }

  #settleReaders(): void {
    this.writes++
    for (const statement of this.#readers) statement.settle()
  }

  forgetKept(): void {
    this.#kept.clear()
  }

  // SQLite answers to no connection at all that there is no memory.
  get #handle(): number {
    return this.db ?? 0
  }

  #check(): void {
    if (this.db === null) throw 'Database closed'
  }
}
