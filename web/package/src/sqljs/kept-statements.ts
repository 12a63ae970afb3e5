// KeptStatements: statements that were freed and may well be prepared again, because their SQL was
// prepared more than once. Only statements that read or write rows are kept, and none is kept past
// what can change the meaning of SQL, so that one taken from here is like one compiled now.
import type { Compiled } from './compiled.js'

const kMost = 32
// How many of the last texts are remembered that were prepared once.
const kMostSeen = 64

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
