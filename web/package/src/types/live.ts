// Live queries, change events and the history, as the catalog's types speak of them.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Models } from './facts.js'
import type { Kind } from './kind.js'
import type { OwnKeyOf } from './request.js'

/**
 * A request whose result follows what is committed. Rows that did not change stay the same objects,
 * also within others, so do not change them yourself. It costs nothing while nobody follows it.
 */
export interface Live<T, K extends Kind = 'sync'> extends AsyncIterable<T>, Disposable {
  /**
   * Calls `result` with the result there is, and with each that differs from the one before;
   * several commits without a pause between them are one. `failed` is told why there is none;
   * without it, the error is reported as that of an event listener. What it returns ends that.
   * @example
   * const boots = db.product.live({ where: { category: { name: 'Boots' } } })
   * const stop = boots.subscribe((rows) => console.log(rows.length))
   * stop()
   */
  subscribe(this: void, result: (result: T) => void, failed?: (error: unknown) => void): () => void
  /**
   * The result of now; in the promise entry, the last that came, undefined before the first. Throws
   * the error when there is none.
   * @example
   * db.uom.live().getSnapshot().length // 2
   */
  getSnapshot(this: void): K extends 'async' ? T | undefined : T
  /**
   * Ends all that follows it: subscriptions and loops.
   * @example
   * const units = db.uom.live()
   * units.close()
   */
  close(this: void): void
}

/** The rows that a commit changed: their keys by table, or 'all' where they are too many. */
export type Changes<S extends Models<S>> = {
  readonly [M in keyof S]?: readonly OwnKeyOf<S, M>[] | 'all'
}

/** How many rows of a table a step created, updated and deleted. */
export interface RowCounts {
  readonly created: number
  readonly updated: number
  readonly deleted: number
}

/** One transaction that was committed. */
export interface HistoryStep<S> {
  /** When: ISO 8601, UTC. */
  readonly made_at: string
  /**
   * False for one that changed more than the history keeps: neither it nor older ones go back, and
   * `changes` is empty.
   */
  readonly undoable: boolean
  readonly changes: { readonly [M in keyof S]?: RowCounts }
}

/** What can be undone and done again, each in the order in which it would be. */
export interface History<S> {
  readonly undo: readonly HistoryStep<S>[]
  readonly redo: readonly HistoryStep<S>[]
}
