// Filters: what `where` takes.
import type { Column, Given, Models, OneOrMore, Relations, Target, ToMany } from './facts.js'

/** Comparisons with a value; null is IS NULL, and `ne: null` IS NOT NULL. Several hold together. */
export interface Comparison<V> {
  eq?: V | null
  ne?: V | null
  in?: readonly V[]
  notIn?: readonly V[]
  lt?: V
  lte?: V
  gt?: V
  gte?: V
  between?: readonly [from: V, to: V]
}

/**
 * In the patterns of `like`, % stands for any text and _ for one character; the others take text
 * literally. ASCII letters match either case; where it is folded, other case and other accents do.
 */
export interface TextComparison<V> extends Comparison<V> {
  like?: string
  notLike?: string
  likeFolded?: string
  startsWith?: string
  startsWithFolded?: string
  endsWith?: string
  endsWithFolded?: string
  contains?: string
  containsFolded?: string
}

/** A column's filter: a value, null, or comparisons. */
export type ColumnFilter<V> = V | null | ([string] extends [V] ? TextComparison<V> : Comparison<V>)

/** A to-many relation's filter: on at least one, on none, or on each of the related rows. */
export interface RelatedFilter<W> {
  some?: W
  none?: W
  every?: W
}

/** Rows of model M for which everything in it holds. */
export type WhereOf<S extends Models<S>, M extends keyof S> = {
  [N in Column<S, M> | keyof Relations<S, M>]?: N extends keyof Relations<S, M>
    ? Relations<S, M>[N] extends ToMany
      ? RelatedFilter<WhereOf<S, Target<S, M, N>>>
      : WhereOf<S, Target<S, M, N>> | null
    : ColumnFilter<NonNullable<Given<S, M, N>>>
} & {
  AND?: OneOrMore<WhereOf<S, M>>
  OR?: OneOrMore<WhereOf<S, M>>
  NOT?: OneOrMore<WhereOf<S, M>>
}
