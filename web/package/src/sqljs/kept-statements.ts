// KeptStatements: statements that were freed and may well be prepared again, because their SQL was
// prepared more than once. Only statements that read or write rows are kept, and none is kept past
// what can change the meaning of SQL, so that one taken from here is like one compiled now.
import type { Compiled } from './compiled.js'

const kMost = 32
// How many of the last texts are remembered that were prepared once.
const kMostSeen = 64
const kLongest = 2000

// One statement about rows, as far as can be told without reading SQL: a semicolon only at the end.
const kRows = /^\s*(?:select|insert|update|delete|replace|with|values)\b[^;]*;?\s*$/i
const kTransaction = /^\s*(?:begin|commit|end|savepoint|release)\b[^;]*;?\s*$/i

// What is another value in each run.
const kChanging = /random|changes|rowid\s*\(|'now'|current_|date|time|day/i

/** Whether two runs of `sql`, which writes nothing, give the same. */
export function isSteady(sql: string): boolean {
  return !kChanging.test(sql)
}

/** Whether `sql` can be kept: it is one statement, which reads or writes rows. */
export function isAboutRows(sql: string): boolean {
  return sql.length <= kLongest && kRows.test(sql)
}

/** Whether all SQL means the same after `sql` as before it. */
export function isHarmless(sql: string): boolean {
  return isAboutRows(sql) || kTransaction.test(sql)
}

export class KeptStatements {
  readonly #kept = new Map<string, Compiled>()
  readonly #seen = new Set<string>()
  readonly #finalize: (statement: number) => void

  constructor(finalize: (statement: number) => void) {
    this.#finalize = finalize
  }

  /** Who takes it has it alone. */
  take(sql: string): Compiled | undefined {
    const compiled = this.#kept.get(sql)
    if (compiled !== undefined) this.#kept.delete(sql)
    return compiled
  }

  /** Whether `key` was asked about not long ago. */
  isRepeated(key: string): boolean {
    if (this.#seen.has(key) || this.#kept.has(key)) return true
    if (this.#seen.size >= kMostSeen) this.#seen.clear()
    this.#seen.add(key)
    return false
  }

  /** Keeps one that has been reset, in place of the one that was kept longest. */
  keep(key: string, compiled: Compiled): void {
    const same = this.take(key)
    if (same !== undefined) this.#finalize(same.at)
    this.#kept.set(key, compiled)
    if (this.#kept.size <= kMost) return
    const [[oldest, { at }]] = this.#kept
    this.#kept.delete(oldest)
    this.#finalize(at)
  }

  clear(): void {
    for (const { at } of this.#kept.values()) this.#finalize(at)
    this.#kept.clear()
  }
}
