// The types of the sql.js interface, by the names that @types/sql.js has, so that a program changes
// nothing but where it imports from.

/** What a value of SQLite is in JavaScript. Whole numbers are numbers, but for `useBigInt`. */
export type SqlValue = number | string | Uint8Array | null

/** What can be bound: also booleans as 0 and 1, arrays of bytes, and BigInts as text. */
export type BindValue = SqlValue | boolean | bigint | ArrayLike<number>

/** A statement's parameters: in order, by name with the sign ({ ':id': 1 }), or none. */
export type BindParams = BindValue[] | Record<string, BindValue> | null

/** What a call takes: `BindParams` is the type of lists that a program goes on adding to. */
export type GivenParams = BindParams | readonly BindValue[]

/** A row by the names of its columns, or values by the names of their parameters. */
export type ParamsObject = Record<string, SqlValue>

/** A row by the names of its columns. */
export type RowObject = ParamsObject

/** Told of each row. */
export type ParamsCallback = (row: ParamsObject) => void

/** The rows of one statement. */
export interface QueryExecResult {
  columns: string[]
  values: SqlValue[][]
}

/** How values are read. */
export interface ReadConfig {
  /** Whole numbers as BigInts, and so exactly. */
  useBigInt?: boolean
}

/** How initSqlJs finds its module. */
export interface SqlJsConfig {
  /** Where vitrine.wasm is. It must not be sql.js's own file. */
  locateFile?(name: string, prefix: string): string
  /** The bytes of vitrine.wasm. */
  wasmBinary?: ArrayBuffer | Uint8Array
  /** Whether the functions that sql.js adds (log, padl, median ...) replace SQLite's; they do. */
  useOldExtensionFunctions?: boolean
}

// SQL decides what a function is given, and the function names no types in most programs.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any

/** The parts of an aggregate function. */
export interface AggregateFunctions {
  init?(): unknown
  step(state: Anything, ...values: Anything[]): unknown
  finalize?(state: Anything): unknown
}

/** Told of each changed row. It must not use the database. */
export type UpdateHookCallback = (
  operation: 'insert' | 'update' | 'delete',
  database: string,
  table: string,
  rowId: number,
) => void

/** One compiled statement. Free it when it is done with. */
export interface Statement {
  /** Resets the statement and sets its parameters; null sets none. */
  bind(values?: GivenParams): boolean
  /** True when there is a row to get. */
  step(): boolean
  /** The row as values in order; with parameters, that of the first step with them. */
  get(params?: GivenParams, config?: ReadConfig): SqlValue[]
  /** The row as an object. */
  getAsObject(params?: GivenParams, config?: ReadConfig): RowObject
  getColumnNames(): string[]
  getSQL(): string
  getNormalizedSQL(): string
  /** Binds, takes one step and resets. */
  run(values?: GivenParams): boolean
  /** Ends the run, and unsets the parameters. */
  reset(): boolean
  /** For programs that call it: there is nothing left to free. */
  freemem(): void
  free(): boolean
}

/** The next statement of a script; none where it is done. */
export interface StatementIteratorResult {
  done: boolean
  value: Statement
}

/** The statements of a script, each compiled when it is asked for and freed with the next. */
export interface StatementIterator extends IterableIterator<Statement> {
  next(): StatementIteratorResult
  /** What has not been compiled yet. */
  getRemainingSQL(): string
}

/** One open database. */
export interface Database {
  readonly filename: string
  /** Null once it is closed. */
  readonly db: number | null
  /** Runs all statements, or, with parameters, the first. */
  run(sql: string, params?: GivenParams): this
  /** Runs all statements; those that gave rows have a result. */
  exec(sql: string, params?: GivenParams, config?: ReadConfig): QueryExecResult[]
  /** Calls `callback` with each row, then `done`. */
  each(
    sql: string,
    params: GivenParams | undefined,
    callback: ParamsCallback,
    done?: () => void,
    config?: ReadConfig,
  ): unknown
  each(
    sql: string,
    callback: ParamsCallback,
    done?: () => void,
    unused?: undefined,
    config?: ReadConfig,
  ): unknown
  /** The first statement. */
  prepare(sql: string, params?: GivenParams): Statement
  iterateStatements(sql: string): StatementIterator
  /** The whole database as a .sqlite file. */
  export(): Uint8Array<ArrayBuffer>
  close(): void
  /** Null for 0; throws the Error of the last failure for any other result code. */
  handleError(resultCode: number): null
  /** How many rows the last INSERT, UPDATE or DELETE changed. */
  getRowsModified(): number
  /** Adds a function of SQL with as many arguments as `func` names. */
  create_function(name: string, func: (...values: Anything[]) => unknown): this
  create_aggregate(name: string, functions: AggregateFunctions): this
  /** Sets the one hook; null ends it. */
  updateHook(callback: UpdateHookCallback | null): this
}

/** What initSqlJs gives. */
export interface SqlJsStatic {
  readonly Database: new (data?: ArrayLike<number> | ArrayBuffer | string | null) => Database
  /** Where the module's stack ends: the same after every call. */
  stackSave(): number
}

/** What initSqlJs is. */
export type InitSqlJsStatic = (config?: SqlJsConfig) => Promise<SqlJsStatic>
