// Watchers: who wants to know which statements ran. The module notes them during a call; they are
// told when the call is over, so that nothing of a watcher runs inside of SQLite.
import type { PlainRow } from './packet/shape.js'
import type { StatementReport } from './types/sql.js'

export type Watcher = (statement: StatementReport) => void

export class Watchers {
  readonly #fetch: () => PlainRow[]
  readonly #all = new Set<Watcher>()
  #telling = false

  /** `fetch` gives the statements since it was last called. */
  constructor(fetch: () => PlainRow[]) {
    this.#fetch = fetch
  }

  /** `switchOn` is told when the first comes and when the last goes. */
  add(watcher: Watcher, switchOn: (on: boolean) => void): () => void {
    // Its own function, so that one watcher added twice is two.
    const own: Watcher = (statement) => watcher(statement)
    if (this.#all.size === 0) switchOn(true)
    this.#all.add(own)
    return () => {
      if (this.#all.delete(own) && this.#all.size === 0) switchOn(false)
    }
  }

  /** What `call` gives or throws, after the watchers were told what it did. */
  after<T>(call: () => T): T {
    if (this.#all.size === 0 || this.#telling) return call()
    try {
      return call()
    } finally {
      this.#tell()
    }
  }

  // What a watcher itself asks of the catalog is not told: that would never end.
  #tell(): void {
    this.#telling = true
    try {
      const statements = this.#fetch() as unknown as StatementReport[]
      for (const statement of statements)
        for (const watcher of this.#all) quietly(watcher, statement)
      this.#fetch()
    } finally {
      this.#telling = false
    }
  }
}

/** Tells a watcher. One that fails is reported as an event listener is; nobody else fails. */
export function quietly<T>(watcher: (told: T) => void, told: T): void {
  try {
    watcher(told)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
