// The catalog as TypeScript sees it: one ModelApi per model, and what concerns all of them. Both
// entries have this one description; the kind K says how the calls of each answer.
/// <reference lib="esnext.disposable" preserve="true" />
import type { AggregateArgs, AggregateOf, AsksFor, PathOf, TermsOf } from './aggregate.js'
import type { CreateOf, GraphOf, UpdateOf } from './data.js'
import type { CatalogDescription } from './description.js'
import type { Column, Models, Nothing } from './facts.js'
import type { Kind, Reply, RowsOf, Until } from './kind.js'
import type { Changes, History, HistoryStep, Live } from './live.js'
import type { AttachmentApi, AttachmentName } from './pictures.js'
import type { CountArgs, FindArgs, IncludeOf, KeyOf, Shape } from './request.js'
import type { RowOf } from './row.js'
import type { RequestSql, SqlParameter, SqlRow, StatementReport } from './sql.js'
import type { Backup, Storage } from './storage.js'
import type { WhereOf } from './where.js'

/** What a delete takes with it: the rows of each table that lost any. */
export type Removed<S> = { [M in keyof S]?: number }

/** The rows of one model. Every call is one unit of work: it happens as a whole or not at all. */
export interface ModelApi<S extends Models<S>, M extends keyof S, K extends Kind = 'sync'> {
  /**
   * The rows that fit, in order; all of them without arguments.
   * @example
   * db.product.find({ where: { name: { startsWith: 'A' } }, limit: 20 })
   */
  find<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I> & Until<K>,
  ): Reply<K, RowOf<S, M, C, I>[]>

  /**
   * The first row that fits, or null.
   * @example
   * db.product.first({ where: { category: { name: 'Boots' } } })?.name
   */
  first<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I> & Until<K>,
  ): Reply<K, RowOf<S, M, C, I> | null>

  /**
   * The row with this key. Fails with NOT_FOUND when there is none.
   * @example
   * db.product.get({ name: 'Hiking boot' }, { include: { category: true } }).category?.name
   */
  get<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    key: KeyOf<S, M>,
    shape?: Shape<S, M, C, I> & Until<K>,
  ): Reply<K, RowOf<S, M, C, I>>

  /**
   * The rows that fit, one after the other, fetched 500 at a time: for more than memory should
   * hold. Rows that are written meanwhile are met when their page is fetched after that; behind the
   * last page, which is the first of fewer than 500, nothing more is.
   * @example
   * for (const item of db.product_item.iterate({ select: ['name'] })) console.log(item.name)
   */
  iterate<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I> & Until<K>,
  ): RowsOf<K, RowOf<S, M, C, I>>

  /**
   * As `find`, and follows what is committed afterwards: subscribe to it, loop over it with
   * `for await`, or give it to the framework's hook. Its request runs again only when a table that
   * it reads has changed. Fails with STATE inside a transaction.
   * @example
   * const live = db.product.live({ where: { category: { name: 'Boots' } } })
   * live.subscribe((rows) => console.log(rows.length))
   */
  live<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I>,
  ): Live<readonly RowOf<S, M, C, I>[], K>

  /**
   * How many rows fit.
   * @example
   * db.product.count({ where: { category: null } })
   */
  count(args?: CountArgs<S, M> & Until<K>): Reply<K, number>

  /**
   * Numbers over the rows that fit, or over each group of them. Groups come in the order of what
   * they are grouped by, unless `orderBy` says otherwise.
   * @example
   * db.product.aggregate({ groupBy: ['category.name'], values: { products: { count: true } } })
   */
  aggregate<const V extends TermsOf<S, M> = Nothing, const G extends PathOf<S, M> & string = never>(
    args: AggregateArgs<S, M, V, G> & AsksFor<V, G> & Until<K>,
  ): Reply<K, AggregateOf<S, M, V, G>>

  /**
   * Writes a new row with what is nested in it, and gives it back as `get` does.
   * @example
   * db.product.create({ name: 'Boot', description: '', category: { connect: { name: 'Boots' } } })
   */
  create<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    data: CreateOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): Reply<K, RowOf<S, M, C, I>>

  /**
   * Writes many rows, of columns only, and says how many. The path of a failure names the row and
   * the column: '[12].name'; no row is then written.
   * @example
   * db.uom.createMany([{ name: 'loaf' }, { name: 'bottle' }])
   */
  createMany(rows: readonly S[M]['data'][]): Reply<K, number>

  /**
   * Changes the row with this key, and related rows, and gives it back. Fails with NOT_FOUND when
   * there is none.
   * @example
   * db.product.update(1, { name: 'Trail boot', product_items: { disconnect: [2] } })
   */
  update<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    key: KeyOf<S, M>,
    data: UpdateOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): Reply<K, RowOf<S, M, C, I>>

  /**
   * Sets columns of all rows that fit to the same values, and says how many rows that were.
   * @example
   * db.product_item.updateMany({ where: { uom: null }, data: { uom_id: 1 } })
   */
  updateMany(args: {
    where: WhereOf<S, M>
    data: { [C in S[M]['mutable'] & keyof S[M]['data']]?: Exclude<S[M]['data'][C], undefined> }
  }): Reply<K, number>

  /**
   * Changes the row that has the key or a unique value in `data`, or else creates one. The row
   * stays the same row: its key and what refers to it are kept.
   * @example
   * db.uom.upsert({ name: 'kilogram', symbol: 'kg' })
   */
  upsert<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    data: CreateOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): Reply<K, RowOf<S, M, C, I>>

  /**
   * Writes what was edited in a row that was loaded, and in the rows it was loaded with: only what
   * differs from what is stored. Rows without a key are created; rows that were taken out of a list
   * lose their reference, or go when they cannot be without it. What others wrote since the row was
   * loaded is set back: use update() where they may.
   * Fails with STATE, reason 'partial_relation', for a list that was loaded with where or limit.
   * @example
   * const boot = db.product.get(1, { include: { product_items: true } })
   * boot.product_items[0].name = 'Hiking boot 41'
   * db.product.save(boot)
   */
  save<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    graph: GraphOf<S, M>,
    shape?: Shape<S, M, C, I>,
  ): Reply<K, RowOf<S, M, C, I>>

  /**
   * Deletes the row with this key and what its relations' cascades take with it, and says how much
   * that was; with `dryRun` it only says what would go, and fails where it would not.
   * @example
   * db.category.delete({ name: 'Boots' }, { dryRun: true }) // { category: 1, product: 2, … }
   */
  delete(key: KeyOf<S, M>, options?: { dryRun?: boolean }): Reply<K, Removed<S>>

  /**
   * Deletes all rows that fit, as `delete` does.
   * @example
   * db.product.deleteMany({ where: { product_items: { none: {} } } })
   */
  deleteMany(args: { where: WhereOf<S, M> }, options?: { dryRun?: boolean }): Reply<K, Removed<S>>

  /**
   * The pictures of an attachment, by its name.
   * @example
   * db.product.attachment('image').original(1)
   */
  attachment<const A extends AttachmentName<S, M>>(name: A): AttachmentApi<S, M, A, K>

  /**
   * The SQL of a request: one statement for the rows, one for each relation. Nothing is run.
   * @example
   * db.product.toSQL({ where: { name: 'Boot' } })[0].sql
   */
  toSQL<const C extends Column<S, M> = Column<S, M>, const I extends IncludeOf<S, M> = Nothing>(
    args?: FindArgs<S, M, C, I> & Until<K>,
  ): Reply<K, RequestSql[]>
}

// In tuples, so that an answer whose type is still open, as in a function around transaction(),
// counts as one of which nothing is known: the compiler tries such a type as any.
type IsPromise<T> = [unknown] extends [T]
  ? false
  : [Extract<T, PromiseLike<unknown>>] extends [never]
    ? false
    : true

/**
 * Refuses as the work of a transaction what answers with a promise, if only sometimes. Where
 * nothing is known of the answer, the call sees to it; where there is never one, nothing has to.
 */
type NoPromise<T> =
  IsPromise<T> extends true
    ? { readonly refused: 'A transaction of vitrine/sync takes no async function.' }
    : unknown

/** The work of a transaction: in the promise entry it may be async. */
export type Work<S extends Models<S>, K extends Kind, T> = K extends 'async'
  ? (tx: Transaction<S, K>) => T | Promise<T>
  : ((tx: Transaction<S, K>) => T) & NoPromise<T>

/** The models, and savepoints within. A transaction's own is good until its function returns. */
export type Transaction<S extends Models<S>, K extends Kind = 'sync'> = {
  readonly [M in keyof S]: ModelApi<S, M, K>
} & {
  /** For types alone, so that they know the models of what they are given: it is not there. */
  readonly '~types'?: { readonly models: S; readonly kind: K }

  /**
   * Runs `work` and keeps what it did, or takes all of it back when it throws. Inside another
   * transaction it is a savepoint: what is taken back is its own work only, and until it ends the
   * handles around it are refused with STATE, reason inner_transaction.
   * Fails with ASYNC_TRANSACTION, and takes the work back, when `work` returns a promise.
   * @example
   * db.transaction((tx) => {
   *   tx.uom.create({ name: 'box' })
   *   tx.uom.create({ name: 'crate' })
   * })
   */
  transaction<T>(work: Work<S, K, T>): Reply<K, T>

  /**
   * Runs one statement of SQL; values are bound as parameters, never put into the text.
   * Fails with SQL when SQLite does not accept it.
   * @example
   * const least = 2
   * db.sql`SELECT category_id, count(*) AS n FROM product GROUP BY 1 HAVING n >= ${least}`
   */
  sql<R extends object = SqlRow>(
    text: TemplateStringsArray,
    ...values: readonly SqlParameter[]
  ): Reply<K, R[]>

  /**
   * The models, their columns and relations.
   * @example
   * db.describe().models.map((model) => model.table)
   */
  describe(): CatalogDescription
}

/** Exchanging all of the data at once. */
export interface Exchange<K extends Kind = 'sync'> {
  /**
   * Makes the catalog hold what a .sqlite file holds, all at once: the old rows stay until the file
   * was found sound. Where the catalog is kept in a file, a copy of it is put aside first.
   * Only rows of the models are taken over. Fails with CORRUPT, VALIDATION or SCHEMA_NEWER, or as
   * the writing of a row does, when the file is no sound catalog; BUSY inside a transaction.
   * @example
   * db.replaceWith(db.export())
   */
  replaceWith(data: Uint8Array | ArrayBuffer): Reply<K, void>
  /**
   * The copies that were put aside, the newest first: before each replaceWith(), and every seven
   * days of use. The last three are kept, and the largest. A catalog in memory has none.
   * @example
   * db.backups().map(({ name, taken_at }) => `${name} of ${taken_at}`)
   */
  backups(): Reply<K, Backup[]>
  /**
   * Makes the catalog hold what the backup of this name holds, as replaceWith() does. Fails with
   * NOT_FOUND when there is none.
   * @example
   * for (const { name } of db.backups().slice(0, 1)) db.restore(name)
   */
  restore(name: string): Reply<K, void>
}

/** An open catalog. */
export type CatalogOf<S extends Models<S>, K extends Kind = 'sync'> = Transaction<S, K> & {
  /**
   * Calls `watcher` with each statement that runs from now on, once its call is over; the function
   * that it returns ends that.
   * @example
   * const stop = db.onQuery(({ sql, duration_ms }) => console.log(duration_ms, sql))
   * stop()
   */
  onQuery(watcher: (statement: StatementReport) => void): () => void
  /**
   * Deletes the bytes of pictures that nothing refers to any more, no step of the history either,
   * and says how many contents that were. Attaching does it from time to time by itself.
   * @example
   * db.sweepPictures()
   */
  sweepPictures(): Reply<K, number>
  /**
   * Calls `listener` after each commit with the rows that it changed, whoever changed them: this
   * program, SQL, undo. What it returns ends that.
   * @example
   * const stop = db.onChange(({ product }) => console.log(product))
   * db.product.update(1, { description: 'Warm' })
   * stop()
   */
  onChange(listener: (changes: Changes<S>) => void): () => void
  /**
   * Takes the last transaction back, whole, and says what it was: what it created goes, what it
   * deleted comes back with its key, by cascades too. Fails with STATE when there is none, or when
   * it cannot be taken back any more; nothing is then changed.
   * @example
   * db.category.delete({ name: 'Boots' })
   * db.undo().changes.product?.deleted // 2
   */
  undo(): Reply<K, HistoryStep<S>>
  /**
   * Does again what was undone last. Whatever else is written in between ends that.
   * @example
   * db.uom.create({ name: 'box' })
   * db.undo()
   * db.redo().changes.uom?.created // 1
   */
  redo(): Reply<K, HistoryStep<S>>
  /**
   * The transactions that undo() and redo() would take, the next one first.
   * @example
   * db.history().redo.length // 0
   */
  history(): Reply<K, History<S>>
  /**
   * The whole catalog as an ordinary .sqlite file. Fails with BUSY inside a transaction.
   * @example
   * const file = db.export()
   */
  export(): Reply<K, Uint8Array<ArrayBuffer>>
  /**
   * Gives the memory back. Every later call fails with CLOSED; closing again changes nothing.
   * @example
   * db.close()
   */
  close(): Reply<K, void>
} & Exchange<K> &
  (K extends 'async' ? AsyncDisposable & { readonly storage: Storage } : Disposable)
