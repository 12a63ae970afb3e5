// The catalog as TypeScript sees it: one ModelApi per model, and what concerns all of them.
/// <reference lib="esnext.disposable" preserve="true" />
import type { CatalogDescription } from './description.js'
import type { CreateOf, UpdateOf } from './data.js'
import type { Column, Models, Nothing } from './facts.js'
import type { CountArgs, FindArgs, IncludeOf, KeyOf, Shape } from './request.js'
import type { RowOf } from './row.js'

/** What a delete takes with it: the rows of each table that lost any. */
export type Removed<S> = { [M in keyof S]?: number }

/** The rows of one model. Every call is one unit of work: it happens as a whole or not at all. */
export interface ModelApi<S extends Models<S>, M extends keyof S> {
  /**
   * The rows that fit, in order; all of them without arguments.
   * @example db.product.find({ where: { name: { startsWith: 'A' } }, orderBy: [{ name: 'asc' }] })
   */
  find<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I>,
  ): RowOf<S, M, C, I>[]

  /** The first row that fits, or null. */
  first<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I>,
  ): RowOf<S, M, C, I> | null

  /** The row with this key. Fails with NOT_FOUND when there is none. */
  get<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    key: KeyOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): RowOf<S, M, C, I>

  /** How many rows fit. */
  count(args?: CountArgs<S, M>): number

  /**
   * Writes a new row with what is nested in it, and gives it back as `get` does.
   * @example db.product.create({ name: 'Boot', description: '', category: { connect: { name:
   * 'Shoes' } } })
   */
  create<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    data: CreateOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): RowOf<S, M, C, I>

  /** Changes the row with this key and gives it back. Fails with NOT_FOUND when there is none. */
  update<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    key: KeyOf<S, M>,
    data: UpdateOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): RowOf<S, M, C, I>

  /**
   * Deletes the row with this key and what its relations' cascades take with it, and says how much
   * that was; with `dryRun` it only says what would go.
   */
  delete(key: KeyOf<S, M>, options?: { dryRun?: boolean }): Removed<S>
}

/** Refuses async functions as the work of a transaction. */
type NoPromise<T> =
  T extends PromiseLike<unknown>
    ? { readonly refused: 'A transaction of vitrine/sync takes no async function.' }
    : unknown

/** The models, and savepoints within. A transaction's own is good until its function returns. */
export type Transaction<S extends Models<S>> = {
  readonly [M in keyof S]: ModelApi<S, M>
} & {
  /**
   * Runs `work` and keeps what it did, or takes all of it back when it throws. Inside another
   * transaction it is a savepoint: what is taken back is its own work only.
   * Fails with ASYNC_TRANSACTION, and takes the work back, when `work` returns a promise.
   */
  transaction<T>(work: ((tx: Transaction<S>) => T) & NoPromise<T>): T
}

/** An open catalog. */
export type CatalogOf<S extends Models<S>> = Transaction<S> & {
  /** The whole catalog as an ordinary .sqlite file. Fails with BUSY inside a transaction. */
  export(): Uint8Array
  /** The models, their columns and relations. */
  describe(): CatalogDescription
  /** Gives the memory back. Every later call fails with CLOSED; closing again changes nothing. */
  close(): void
  [Symbol.dispose](): void
}
