// RawStatementIterator: the statements of a script, one at a time. Each is freed when the next one
// is asked for. The script lies in the module's memory until the end, or return().
import type { RawModule } from './module.js'
import type { Statement, StatementIterator, StatementIteratorResult } from './types.js'

/** What the statements of a script ask of the database that compiles them. */
export interface ScriptDatabase {
  /** Null once it is closed. */
  readonly db: number | null
  /** Where the text goes on behind the statement that was compiled last, or where it failed. */
  readonly rest: number
  /**
   * The first statement of the text at `at`, which can be kept under `key`; null when only comments
   * and blanks were left.
   */
  compile(at: number, key: string | null): Statement | null
  /** Has `statement` freed with the database. */
  keep(statement: Statement): void
}

export class RawStatementIterator implements StatementIterator {
  readonly #database: ScriptDatabase
  readonly #module: RawModule
  #script: number
  #next: number
  #statement: Statement | null = null
  // What is left once the script is gone.
  #remaining = ''

  constructor(database: ScriptDatabase, module: RawModule, sql: string) {
    this.#database = database
    this.#module = module
    this.#script = module.room(sql.length * 3 + 1)
    this.#next = this.#script
    module.bytes[this.#script + module.write(sql, this.#script)] = 0
  }

  next(): StatementIteratorResult {
    if (this.#script === 0) return { done: true } as StatementIteratorResult
    this.#free()
    if (this.#database.db === null) {
      this.#finish()
      throw new Error('Database closed')
    }
    try {
      const statement = this.#database.compile(this.#next, null)
      this.#next = this.#database.rest
      if (statement === null) return this.return()
      this.#database.keep(statement)
      this.#statement = statement
      return { value: statement, done: false }
    } catch (error) {
      this.#finish()
      throw error
    }
  }

  return(): StatementIteratorResult {
    this.#free()
    if (this.#script !== 0) this.#finish()
    return { done: true } as StatementIteratorResult
  }

  getRemainingSQL(): string {
    return this.#script === 0 ? this.#remaining : this.#module.cString(this.#next)
  }

  [Symbol.iterator](): this {
    return this
  }

  #free(): void {
    this.#statement?.free()
    this.#statement = null
  }

  #finish(): void {
    this.#remaining = this.#module.cString(this.#next)
    this.#module.glue._rawFree(this.#script)
    this.#script = 0
  }
}
