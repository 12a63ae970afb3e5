// Rows: what comes back, which follows select and include.
import type { Column, Models, Relations, Simplify, Target, ToMany, ToManyName } from './facts.js'

/** A row of model M with columns C and what I includes. */
export type RowOf<S extends Models<S>, M extends keyof S, C, I> = Simplify<
  Pick<S[M]['row'], C & keyof S[M]['row']> & {
    -readonly [R in keyof I]: R extends '_count'
      ? Counted<S, M, I[R]>
      : R extends keyof Relations<S, M>
        ? Related<S, M, R, I[R]>
        : never
  }
>

type Counted<S extends Models<S>, M extends keyof S, A> = A extends true
  ? { [R in ToManyName<S, M>]: number }
  : { -readonly [R in keyof A]: number }

type Related<
  S extends Models<S>,
  M extends keyof S,
  R extends keyof Relations<S, M>,
  A,
> = Relations<S, M>[R] extends ToMany
  ? RelatedRow<S, Target<S, M, R>, A>[]
  : Relations<S, M>[R] extends { readonly nullable: false }
    ? RelatedRow<S, Target<S, M, R>, A>
    : RelatedRow<S, Target<S, M, R>, A> | null

// Of several arguments A, one of which is chosen at run time, each has its own row.
type RelatedRow<S extends Models<S>, M extends keyof S, A> = A extends unknown
  ? RowOf<
      S,
      M,
      A extends { readonly select: readonly (infer C)[] } ? C : Column<S, M>,
      A extends { readonly include: infer I } ? I : Record<never, never>
    >
  : never
