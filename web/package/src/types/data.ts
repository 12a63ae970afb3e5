// Data: what create and update take, with related rows nested in it.
import type {
  Given,
  MayBeNull,
  Models,
  Nothing,
  OneOf,
  OneOrMore,
  Relations,
  Target,
  ToMany,
} from './facts.js'
import type { KeyOf } from './request.js'

/**
 * A new row, and with it new or existing rows that it refers to or that refer to it; null refers to
 * nothing.
 */
export type CreateOf<S extends Models<S>, M extends keyof S> = S[M]['data'] & {
  [R in keyof Relations<S, M>]?: Relations<S, M>[R] extends ToMany
    ? CreateMany<S, Target<S, M, R>>
    : CreateOne<S, Target<S, M, R>> | MayBeNull<Relations<S, M>[R]>
}

/** What may become of a to-one relation of a new row. */
export interface CreateChoices<S extends Models<S>, M extends keyof S> {
  create: CreateOf<S, M>
  connect: KeyOf<S, M>
  /** Found by its key or a unique column in it, or else created. */
  connectOrCreate: CreateOf<S, M>
}

/** What becomes of a to-one relation of a new row: one of these. */
export type CreateOne<S extends Models<S>, M extends keyof S> = OneOf<CreateChoices<S, M>>

/** What becomes of a to-many relation of a new row. */
export interface CreateMany<S extends Models<S>, M extends keyof S> {
  create?: OneOrMore<CreateOf<S, M>>
  connect?: OneOrMore<KeyOf<S, M>>
  connectOrCreate?: OneOrMore<CreateOf<S, M>>
}

/** Changes to a row and to its relations. What is left out stays as it is. */
export type UpdateOf<S extends Models<S>, M extends keyof S> = {
  [N in (S[M]['mutable'] & keyof S[M]['data']) | keyof Relations<S, M>]?: N extends keyof Relations<
    S,
    M
  >
    ? Relations<S, M>[N] extends ToMany
      ? UpdateMany<S, Target<S, M, N>>
      : UpdateOne<S, Target<S, M, N>, Relations<S, M>[N]>
    : Given<S, M, N>
}

/** What may become of a to-one relation that changes. */
export interface UpdateChoices<S extends Models<S>, M extends keyof S> extends CreateChoices<S, M> {
  delete: true
  update: UpdateOf<S, M>
}

/** Changes to a to-one relation R: one of these; null disconnects too. */
export type UpdateOne<S extends Models<S>, M extends keyof S, R> = R extends {
  readonly nullable: false
}
  ? OneOf<UpdateChoices<S, M>>
  : OneOf<UpdateChoices<S, M> & { disconnect: true }> | null

/** Changes to a to-many relation; they apply in the order set, disconnect, delete, update, … */
export interface UpdateMany<S extends Models<S>, M extends keyof S> extends CreateMany<S, M> {
  disconnect?: OneOrMore<KeyOf<S, M>>
  /** These and no others. */
  set?: OneOrMore<KeyOf<S, M>>
  delete?: OneOrMore<KeyOf<S, M>>
  update?: OneOrMore<{ where: KeyOf<S, M>; data: UpdateOf<S, M> }>
}

/**
 * A row as it was loaded and then edited, with the relations it was loaded with. Rows without a key
 * are new. Relations and columns that are left out stay as they are. The relations that I includes
 * are there, and their lists can be added to.
 */
export type GraphOf<S extends Models<S>, M extends keyof S, I = Nothing> = {
  [N in keyof S[M]['row'] | Exclude<keyof Relations<S, M>, keyof I>]?: N extends keyof Relations<
    S,
    M
  >
    ? Relations<S, M>[N] extends ToMany
      ? readonly GraphOf<S, Target<S, M, N>>[]
      : GraphOf<S, Target<S, M, N>> | MayBeNull<Relations<S, M>[N]>
    : (N extends keyof S[M]['data'] ? S[M]['data'][N] : never) | S[M]['row'][N & keyof S[M]['row']]
} & {
  /** As it was loaded; it is not looked at. */
  _count?: object
} & ([keyof I] extends [never] ? unknown : IncludedGraph<S, M, I>)

type IncludedGraph<S extends Models<S>, M extends keyof S, I> = {
  [R in keyof I & keyof Relations<S, M>]: Relations<S, M>[R] extends ToMany
    ? GraphOf<S, Target<S, M, R>, IncludedIn<I[R]>>[]
    : GraphOf<S, Target<S, M, R>, IncludedIn<I[R]>> | MayBeNull<Relations<S, M>[R]>
}

type IncludedIn<A> = A extends { readonly include: infer I } ? I : Nothing
