// SQL of one's own, and SQL as requests produce it.

/** What a value of SQLite is in JavaScript; whole numbers that are not safe are BigInts. */
export type SqlValue = null | number | bigint | string | Uint8Array<ArrayBuffer>

/** What can be bound: booleans become 0 and 1, dates ISO text. */
export type SqlParameter = SqlValue | Uint8Array | boolean | Date | ArrayBuffer

/** One row of a statement, by the names of its columns. */
export type SqlRow = Record<string, SqlValue>

/** One statement of a request. */
export interface RequestSql {
  /** '' for the rows asked for, else the relation that it brings: 'products.product_items'. */
  readonly relation: string
  readonly sql: string
  /** In order; '(keys)' stands for the keys of the rows that the relation is of. */
  readonly parameters: readonly unknown[]
}

/** One statement that ran. */
export interface StatementReport {
  readonly sql: string
  /** How long SQLite took, in milliseconds. */
  readonly duration_ms: number
  /** How many rows it gave. */
  readonly rows: number
  /** How many rows it wrote itself, cascades left aside. */
  readonly changes: number
}
