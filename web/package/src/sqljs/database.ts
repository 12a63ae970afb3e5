// RawDatabase: a connection of SQLite as sql.js has it: what each call takes, gives and throws is
// sql.js's, strings thrown included. It belongs to itself, or to a catalog, which stays open then.
import type { RawModule } from './module.js'
import { RawStatement } from './statement.js'
import { RawStatementIterator } from './statement-iterator.js'
import type {
  AggregateFunctions,
  BindParams,
  Database,
  QueryExecResult,
  ReadConfig,
  RowObject,
  Statement,
  StatementIterator,
  UpdateHookCallback,
} from './types.js'

// What does nothing when it is compiled, so that it need not be compiled again: unlike PRAGMA.
const kWrite = /^\s*(?:insert|update|delete|replace)\b/i
const kWritesKept = 16
const kLongestKept = 2000
const kBusy = 5
const kBusyMessage =
  'Unable to export: SQLite is busy or locked. ' +
  'Finish active write transactions before exporting.'

/** `sql` as text; what has no length is refused as sql.js refuses it. */
export function sqlText(sql: string): string {
  return sql.length === undefined ? '' : sql
}

export class RawDatabase implements Database {
  readonly filename: string
  db: number | null
  /** Told whenever SQL has run or is about to. */
  used: () => void = () => undefined
  readonly #module: RawModule
  readonly #isOwner: boolean
  readonly #statements = new Set<Statement>()
  // Statements that run() compiled, by their SQL.
  readonly #writes = new Map<string, RawStatement>()

  /** Over an open connection, which is closed with this when it is its own. */
  constructor(module: RawModule, handle: number, filename: string, isOwner: boolean) {
    this.#module = module
    this.db = handle
    this.filename = filename
    this.#isOwner = isOwner
  }

  run(sql: string, params?: BindParams): this {
    this.#check()
    this.used()
    if (params) return this.#runOne(sqlText(sql), params)
    const result = this.#module.withOwnText(sqlText(sql), (at) =>
      this.#module.glue._rawRun(this.#handle, at),
    )
    this.#module.targets.rethrow()
    this.handleError(result)
    return this
  }

  // A write is often repeated with other parameters. It is out of the map while it runs, which a
  // function of JavaScript may use to run it again.
  #runOne(sql: string, params: BindParams): this {
    const statement = this.#writes.get(sql) ?? this.#compiled(sql)
    this.#writes.delete(sql)
    let isKept = false
    try {
      statement.run(params)
      isKept = this.db !== null && sql.length <= kLongestKept && kWrite.test(sql)
    } finally {
      if (isKept) this.#keepWrite(sql, statement)
      else statement.free()
    }
    return this
  }

  #keepWrite(sql: string, statement: RawStatement): void {
    this.#writes.get(sql)?.free()
    this.#writes.set(sql, statement)
    if (this.#writes.size <= kWritesKept) return
    const [oldest] = this.#writes
    this.#writes.delete(oldest[0])
    oldest[1].free()
  }

  exec(sql: string, params?: BindParams, config?: ReadConfig): QueryExecResult[] {
    this.#check()
    const results: QueryExecResult[] = []
    this.#module.withOwnText(sqlText(sql), (start) => {
      for (let at = start; this.#module.bytes[at] !== 0;) {
        const statement = this.compile(at)
        at = this.rest
        if (statement === null) continue
        try {
          if (params !== undefined && params !== null) statement.bind(params)
          const result = statement.all(config?.useBigInt === true)
          if (result !== null) results.push(result)
        } finally {
          statement.free()
        }
      }
    })
    return results
  }

  each(
    sql: string,
    params: BindParams | ((row: RowObject) => void) | undefined,
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

  prepare(sql: string, params?: BindParams): Statement {
    const statement = this.#compiled(sqlText(sql))
    this.#statements.add(statement)
    if (params !== undefined && params !== null) statement.bind(params)
    return statement
  }

  #compiled(sql: string): RawStatement {
    const statement = this.#module.withText(sql, (at) => this.compile(at))
    if (statement === null) throw 'Nothing to prepare'
    return statement
  }

  iterateStatements(sql: string): StatementIterator {
    return new RawStatementIterator(this, this.#module, sqlText(sql))
  }

  export(): Uint8Array {
    if (this.db === null) throw new Error('Database closed')
    const result = this.#module.glue._rawExport(this.db)
    if (result === kBusy) throw new Error(kBusyMessage)
    this.handleError(result)
    const at = this.#module.answer(0)
    const bytes = this.#module.bytes.slice(at, at + this.#module.answer(1))
    if (this.#module.answer(2) === 1) this.#module.glue._rawFree(at)
    return bytes
  }

  close(): void {
    if (this.db === null) return
    for (const statement of this.#statements) statement.free()
    for (const statement of this.#writes.values()) statement.free()
    this.#writes.clear()
    this.updateHook(null)
    if (this.#isOwner) this.#module.glue._rawClose(this.db)
    this.db = null
  }

  handleError(resultCode: number): null {
    if (resultCode === 0) return null
    throw new Error(this.#module.cString(this.#module.glue._rawMessage(this.#handle)))
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

  /** Where the text goes on behind the statement that was compiled last, or where it failed. */
  get rest(): number {
    return this.#module.answer(1)
  }

  /** The first statement of the text at `at`; null when only comments and blanks were left. */
  compile(at: number): RawStatement | null {
    const result = this.#module.glue._rawPrepare(this.#handle, at)
    if (result !== 0) this.handleError(result)
    const found = this.#module.answer(0)
    return found === 0 ? null : new RawStatement(this, this.#module, found)
  }

  /** Has `statement` freed with the database. */
  keep(statement: Statement): void {
    this.#statements.add(statement)
  }

  /** Called by a statement that was freed. */
  forget(statement: Statement): void {
    this.#statements.delete(statement)
  }

  // SQLite answers to no connection at all that there is no memory.
  get #handle(): number {
    return this.db ?? 0
  }

  #check(): void {
    if (this.db === null) throw 'Database closed'
  }
}
