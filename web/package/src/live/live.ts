// Live: a request that is followed, as the program holds it: LiveOf in types/live.ts says what it
// promises. Several may share one Run.
import { givenFunction } from '../given-function.js'
import type { PlainRow } from '../packet/shape.js'
import type { Follower, Run } from './run.js'

// Older engines have no such symbol; there `using` is compiled to look for this one.
const dispose: typeof Symbol.dispose =
  Symbol.dispose ?? /* @__PURE__ */ (Symbol.for('Symbol.dispose') as typeof Symbol.dispose)

type Rows = readonly PlainRow[]

/** What LiveQueries is told of a run that has its first follower, or none any more. */
export interface Keeper {
  readonly follow: (run: Run) => void
  readonly leave: (run: Run) => void
}

export class Live {
  readonly #run: () => Run
  readonly #keeper: Keeper
  readonly #leaves = new Set<() => void>()

  constructor(run: () => Run, keeper: Keeper) {
    this.#run = run
    this.#keeper = keeper
  }

  readonly getSnapshot = (): Rows | undefined => {
    const run = this.#run()
    const found = run.refresh()
    if (found instanceof Promise) void found.then(() => run.tell())
    const { result } = run
    if (result !== null && result.rows === undefined) throw result.error
    return result?.rows
  }

  readonly subscribe = (
    rows: (rows: Rows) => void,
    failed?: (error: unknown) => void,
  ): (() => void) => {
    givenFunction(rows, 'subscribe')
    if (failed !== undefined) givenFunction(failed, 'subscribe')
    return this.#follow({ told: null, rows, failed, ended: undefined })
  }

  readonly close = (): void => {
    for (const leave of [...this.#leaves]) leave()
  };

  [dispose] = this.close;

  /** Each result, the newest where several came meanwhile. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Rows, undefined> {
    return iterateResults((follower) => this.#follow(follower))
  }

  #follow(follower: Follower): () => void {
    const run = this.#run()
    const leave = (): void => {
      this.#leaves.delete(leave)
      if (!run.followers.delete(follower)) return
      follower.ended?.()
      if (run.followers.size === 0) this.#keeper.leave(run)
    }
    this.#leaves.add(leave)
    // Looked at before it is followed: only then is it known whether its result is that of now.
    const found = run.refresh()
    run.followers.add(follower)
    this.#keeper.follow(run)
    if (found instanceof Promise) void found.then(() => run.tell())
    else run.tell()
    return leave
  }
}

function iterateResults(
  follow: (follower: Follower) => () => void,
): AsyncIterableIterator<Rows, undefined> {
  let newest: (() => Rows) | null = null
  let isOver = false
  let wake: (() => void) | null = null
  const note = (next: (() => Rows) | null): void => {
    newest = next ?? newest
    wake?.()
  }
  const leave = follow({
    told: null,
    rows: (rows) => note(() => rows),
    failed: (error) =>
      note(() => {
        // A loop does not call return() after a failure of next().
        leave()
        throw error
      }),
    ended: () => {
      isOver = true
      note(null)
    },
  })
  const take = async (): Promise<IteratorResult<Rows, undefined>> => {
    while (newest === null && !isOver) await new Promise<void>((resolve) => (wake = resolve))
    if (newest === null) return { done: true, value: undefined }
    const rows = newest
    newest = null
    return { done: false, value: rows() }
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    // Only one waits; who asks meanwhile gets the result after that.
    next: () => (last = last.then(take, take)),
    async return() {
      leave()
      newest = null
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
