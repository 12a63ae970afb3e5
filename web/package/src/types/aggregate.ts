// Aggregates: groups, and functions over the rows of each.
import type {
  Column,
  MayBeNull,
  Models,
  OneOf,
  OneOrMore,
  Simplify,
  Target,
  ToOneName,
} from './facts.js'
import type { Direction } from './request.js'
import type { WhereOf } from './where.js'

/** A column, of the row itself or of a row that it refers to: 'name', 'product.category.name'. */
export type PathOf<
  S extends Models<S>,
  M extends keyof S,
  Deep extends readonly unknown[] = [1, 1, 1],
> =
  | Column<S, M>
  | (Deep extends readonly [unknown, ...infer Less]
      ? {
          [R in ToOneName<S, M> & string]: `${R}.${PathOf<S, Target<S, M, R>, Less>}`
        }[ToOneName<S, M> & string]
      : never)

/** The type of the column at the end of a path; null where a reference on the way may be. */
export type AtPath<S extends Models<S>, M extends keyof S, P> = P extends keyof S[M]['row']
  ? S[M]['row'][P]
  : P extends `${infer R}.${infer Further}`
    ? R extends ToOneName<S, M>
      ? AtPath<S, Target<S, M, R>, Further> | MayBeNull<S[M]['relations'][R]>
      : never
    : never

type NumberPath<S extends Models<S>, M extends keyof S> = {
  [P in PathOf<S, M>]: NonNullable<AtPath<S, M, P>> extends number ? P : never
}[PathOf<S, M>]

/** One function over the rows of a group. */
export type TermOf<S extends Models<S>, M extends keyof S> = OneOf<{
  readonly count: true | PathOf<S, M>
  readonly countDistinct: PathOf<S, M>
  readonly sum: NumberPath<S, M>
  readonly avg: NumberPath<S, M>
  readonly min: PathOf<S, M>
  readonly max: PathOf<S, M>
}>

export type TermsOf<S extends Models<S>, M extends keyof S> = Readonly<Record<string, TermOf<S, M>>>

type ValueOf<S extends Models<S>, M extends keyof S, T> = T extends {
  readonly count: unknown
}
  ? number
  : T extends { readonly countDistinct: unknown }
    ? number
    : T extends { readonly min: infer P }
      ? AtPath<S, M, P> | null
      : T extends { readonly max: infer P }
        ? AtPath<S, M, P> | null
        : number | null

/** What holds of a value of a group: compared as in `where`. */
export interface GroupCondition<T> {
  eq?: T | null
  ne?: T | null
  lt?: T
  lte?: T
  gt?: T
  gte?: T
}

// A text may be a time, which is given as Date too.
type Comparable<T> = [T] extends [string | null] ? string | Date : NonNullable<T>

type HavingOf<S extends Models<S>, M extends keyof S, V, G extends string> = {
  readonly [N in (keyof V & string) | G]?: GroupCondition<
    Comparable<N extends keyof V ? ValueOf<S, M, V[N]> : AtPath<S, M, N>>
  >
}

/** Refuses what asks for nothing. */
export type AsksFor<V, G> = [keyof V | G] extends [never]
  ? { readonly values: { readonly refused: 'Name at least one value.' } }
  : unknown

export interface AggregateArgs<S extends Models<S>, M extends keyof S, V, G extends string> {
  where?: WhereOf<S, M>
  /** One row for each different value of these; without it there is one row over all. */
  groupBy?: readonly G[]
  /** The names of the result, and what each is. */
  values?: V
  /** Which groups, by the names of `groupBy` and `values`; as `limit`, only beside `groupBy`. */
  having?: [G] extends [never] ? never : HavingOf<S, M, NoInfer<V>, NoInfer<G>>
  orderBy?: OneOrMore<{ readonly [N in (keyof NoInfer<V> & string) | NoInfer<G>]?: Direction }>
  limit?: [G] extends [never] ? never : number
}

type GroupOf<S extends Models<S>, M extends keyof S, V, G> = Simplify<
  { [P in G & string]: AtPath<S, M, P> } & { -readonly [N in keyof V]: ValueOf<S, M, V[N]> }
>

/** A row for each group, or the one row where there are no groups. */
export type AggregateOf<S extends Models<S>, M extends keyof S, V, G> = [G] extends [never]
  ? GroupOf<S, M, V, never>
  : GroupOf<S, M, V, G>[]
