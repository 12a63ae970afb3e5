// ChangeListeners: who wants to know what each commit changed. They are told when the call that
// committed is over, one commit after the other: never inside of a transaction.
import { quietly } from './watchers.js'

/** The rows that a commit changed, by table: their keys as `get` takes them, or 'all'. */
export type PlainChanges = Readonly<Record<string, readonly unknown[] | 'all'>>

export type ChangeListener = (changes: PlainChanges) => void

export class ChangeListeners {
  readonly #all = new Set<ChangeListener>()
  readonly #waiting: PlainChanges[] = []
  #telling = false

  get size(): number {
    return this.#all.size
  }

  add(listener: ChangeListener): () => void {
    // Its own function, so that one listener added twice is two.
    const own: ChangeListener = (changes) => listener(changes)
    this.#all.add(own)
    return () => this.#all.delete(own)
  }

  /** Tells all of them; what a listener commits itself is told after that. */
  tell(changes: PlainChanges): void {
    this.#waiting.push(changes)
    if (this.#telling) return
    this.#telling = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      for (const listener of [...this.#all]) quietly(listener, next)
    }
    this.#telling = false
  }
}
