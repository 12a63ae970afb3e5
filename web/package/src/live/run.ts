// Run: one request that is kept up to date, its last result, and who follows it.
import type { PlainChanges } from '../change-listeners.js'
import { after } from '../maybe.js'
import type { Maybe } from '../maybe.js'
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import { notePartial } from '../save/partial.js'
import { quietly } from '../watchers.js'
import type { LiveSource } from './live-source.js'
import { Sharing } from './share.js'

/** Rows, or why there are none. */
export interface Result {
  readonly rows?: readonly PlainRow[]
  readonly error?: unknown
}

export interface Follower {
  /** The last result that it was told. */
  told: Result | null
  readonly rows: (rows: readonly PlainRow[]) => void
  /** Without it an error is reported as that of an event listener. */
  readonly failed: ((error: unknown) => void) | undefined
  readonly ended: (() => void) | undefined
}

export class Run {
  readonly followers = new Set<Follower>()
  result: Result | null = null
  readonly #source: LiveSource
  readonly #model: number
  readonly #args: Options
  #tables: readonly string[] | null = null
  #commits = -1
  #isStale = true
  #isRunning = false

  constructor(source: LiveSource, model: number, args: Options) {
    this.#source = source
    this.#model = model
    this.#args = args
    // Mistakes of a request are told where it is made, if the catalog answers at once.
    const tables = source.tables(model, args)
    if (tables instanceof Promise) tables.then(this.#learn, () => undefined)
    else this.#learn(tables)
  }

  /** What a commit changed; it concerns this request where it reads one of the tables. */
  note(changes: PlainChanges): void {
    const tables = this.#tables
    if (tables === null || tables.some((table) => Object.hasOwn(changes, table))) {
      this.#isStale = true
    } else if (!this.#isStale) this.#commits = this.#source.commits
  }

  /** Runs the request again unless its result is that of now, and then tells of it. */
  update(): void {
    const found = this.refresh()
    if (found instanceof Promise) void found.then(() => this.tell())
    else this.tell()
  }

  /** As update(), but tells nobody. A request that is under way is not run a second time. */
  refresh(): Maybe<void> {
    if (this.#isRunning) return
    const isNow = this.#commits === this.#source.commits
    const isFollowed = this.followers.size > 0
    // A failure that is followed stands until the next commit: who asks on being told of it would
    // otherwise be told again, and ask again.
    const isFailed = this.result !== null && !this.#isSound()
    if (this.#isStale ? isFailed && isFollowed && isNow : isFollowed || isNow) return
    this.#isStale = false
    this.#commits = this.#source.commits
    this.#isRunning = true
    try {
      const found = after(this.#source.find(this.#model, this.#args), (rows) => this.#take(rows))
      // What was committed while the request was under way asks for another.
      if (found instanceof Promise) {
        return found
          .catch((error: unknown) => this.#settle({ error }))
          .then(() => (this.#isStale && this.#isSound() ? this.refresh() : undefined))
      }
    } catch (error) {
      this.#settle({ error })
    }
  }

  /** Tells each follower the result, unless it was told that one. */
  tell(): void {
    for (const follower of [...this.followers]) if (this.result) tellOne(follower, this.result)
  }

  end(): void {
    const followers = [...this.followers]
    this.followers.clear()
    for (const { ended } of followers) ended?.()
  }

  readonly #learn = (tables: readonly string[]): void => {
    this.#tables = tables
  }

  #take(rows: PlainRow[]): void {
    const known = this.result?.rows
    const description = this.#source.describe()
    const model = description.models[this.#model]
    const shared = known ? new Sharing(description).share(known, rows, model) : rows
    notePartial(shared, this.#args['include'])
    this.#settle(shared === known ? this.result : { rows: shared })
  }

  #isSound(): boolean {
    return this.result?.rows !== undefined
  }

  // What failed is tried again with the next commit, whatever that changes.
  #settle(result: Result | null): void {
    this.#isRunning = false
    this.result = result
    if (!this.#isSound()) this.#isStale = true
  }
}

function tellOne(follower: Follower, result: Result): void {
  if (follower.told === result) return
  follower.told = result
  quietly(({ rows, error }) => {
    if (rows !== undefined) follower.rows(rows)
    else if (follower.failed !== undefined) follower.failed(error)
    else throw error
  }, result)
}
