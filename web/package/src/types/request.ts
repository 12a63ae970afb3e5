// Requests: what find and its relatives take beside filters, and how a row is named.
import type {
  Column,
  Given,
  Models,
  OneOf,
  OneOrMore,
  Relations,
  Target,
  ToMany,
  ToManyName,
  ToOneName,
} from './facts.js'
import type { WhereOf } from './where.js'

export type Direction = 'asc' | 'desc'

/** Of text also by its letters alone: case and accents do not count, in any script. */
export type TextDirection = Direction | 'ascFolded' | 'descFolded'

/** One term of an order: a column, or a column of a row that this one refers to. */
export type OrderOf<S extends Models<S>, M extends keyof S> = {
  [N in Column<S, M> | ToOneName<S, M>]?: N extends Column<S, M>
    ? [NonNullable<Given<S, M, N>>] extends [string]
      ? TextDirection
      : Direction
    : OrderOf<S, Target<S, M, N & keyof Relations<S, M>>>
}

/** Which rows, in what order, how many. Pages never overlap: the key ends every order. */
export interface Page<S extends Models<S>, M extends keyof S> {
  where?: WhereOf<S, M>
  orderBy?: OneOrMore<OrderOf<S, M>>
  limit?: number
  offset?: number
}

/** What comes with the rows of a to-one relation. */
export interface RelatedOne<S extends Models<S>, M extends keyof S> {
  select?: readonly Column<S, M>[]
  include?: IncludeOf<S, M>
}

/** What comes with the rows of a to-many relation; limit and offset count for each parent. */
export interface RelatedMany<S extends Models<S>, M extends keyof S> extends Page<S, M> {
  /** As that of `find`, among the rows of each parent. */
  search?: string
  select?: readonly Column<S, M>[]
  include?: IncludeOf<S, M>
}

/** The relations that come with each row, and the numbers of related rows. */
export type IncludeOf<S extends Models<S>, M extends keyof S> = {
  [R in keyof Relations<S, M> | '_count']?:
    | true
    | (R extends keyof Relations<S, M>
        ? Relations<S, M>[R] extends ToMany
          ? RelatedMany<S, Target<S, M, R>>
          : RelatedOne<S, Target<S, M, R>>
        : CountsOf<S, M>)
}

// Where there is nothing to count, nothing can be named.
type CountsOf<S extends Models<S>, M extends keyof S> = [ToManyName<S, M>] extends [never]
  ? never
  : { [R in ToManyName<S, M>]?: true }

// Each name that is neither a relation nor an option becomes never, so that a slip does not
// compile.
export type CheckedInclude<S extends Models<S>, M extends keyof S, I> = {
  [R in keyof I]: R extends '_count'
    ? CheckedCount<S, M, I[R]>
    : R extends keyof Relations<S, M>
      ? I[R] extends true
        ? true
        : CheckedRelated<S, Target<S, M, R>, I[R], Relations<S, M>[R]>
      : never
}

type CheckedCount<S extends Models<S>, M extends keyof S, A> = {
  [N in keyof A]: N extends ToManyName<S, M> ? true : never
}

type CheckedRelated<S extends Models<S>, M extends keyof S, A, R> = {
  [O in keyof A]: O extends 'include'
    ? CheckedInclude<S, M, A[O]>
    : O extends keyof (R extends ToMany ? RelatedMany<S, M> : RelatedOne<S, M>)
      ? A[O]
      : never
}

/** Which columns come, and what comes with them. */
export interface Shape<S extends Models<S>, M extends keyof S, C, I> {
  select?: readonly C[]
  include?: I & CheckedInclude<S, M, I>
}

export interface FindArgs<S extends Models<S>, M extends keyof S, C, I>
  extends Page<S, M>, Shape<S, M, C, I> {
  /** Words to look for in the model's texts; rows that fit best come first. */
  search?: string
  /**
   * The last row of the page before, with its key and the columns of orderBy; or these values, in
   * that order and then the key. The page starts after it, whatever was added in between.
   */
  after?: object | readonly unknown[]
}

export interface CountArgs<S extends Models<S>, M extends keyof S> {
  where?: WhereOf<S, M>
  search?: string
}

type ColumnsOf<S extends Models<S>, M extends keyof S, N> = {
  [C in N & keyof S[M]['row']]: NonNullable<S[M]['row'][C]>
}

/** The key of a row: its value, or an object of its columns where it has several. */
export type OwnKeyOf<S extends Models<S>, M extends keyof S> =
  HasOneKey<S, M> extends true
    ? NonNullable<S[M]['row'][S[M]['key'] & keyof S[M]['row']]>
    : ColumnsOf<S, M, S[M]['key']>

/** How one row is named: by its key, or by one column that is unique. A whole row names none. */
export type KeyOf<S extends Models<S>, M extends keyof S> =
  | OwnKeyOf<S, M>
  | OneOf<ColumnsOf<S, M, S[M]['unique'] | (HasOneKey<S, M> extends true ? S[M]['key'] : never)>>

type HasOneKey<S extends Models<S>, M extends keyof S> =
  IsUnion<S[M]['key']> extends true ? false : true

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never
