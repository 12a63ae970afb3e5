// What the types know of models: the form of the generated file, from which all other types follow.

/** A relation to one row of `one`; null where `nullable` and nothing is referred to. */
export interface ToOne {
  readonly one: string
  readonly nullable: boolean
}

/** A relation to any number of rows of `many`. */
export interface ToMany {
  readonly many: string
}

/** A relation to the pictures of an attachment. */
export interface Picture extends ToMany {
  readonly picture: true
}

export interface ModelFacts {
  /** Every column, as rows have it. */
  readonly row: object
  /** Every column as create() takes it: optional where the catalog can do without. */
  readonly data: object
  /** The names of the columns that are the key. */
  readonly key: string
  /** The names of the columns that are unique by themselves, beside the key. */
  readonly unique: string
  /** The columns that update() may change. */
  readonly mutable: string
  readonly relations: Readonly<Record<string, ToOne | ToMany>>
}

/** A set of models by table name; written so that an interface fits. */
export type Models<S> = { readonly [M in keyof S]: ModelFacts }

/** Nothing included, nothing selected. */
export type Nothing = Record<never, never>

/** One, or a list of them. */
export type OneOrMore<T> = T | readonly T[]

/** One of the properties of T, and none beside it. */
export type OneOf<T> = {
  [K in keyof T]: { [P in K]: T[P] } & { [P in Exclude<keyof T, K>]?: never }
}[keyof T]

// Without `& {}` the type keeps this name: editors then show it in place of the properties, and
// declarations of who exports a result would have to refer to it, which lies behind no entry.
/** An intersection as one object type, so that editors show its properties. */
export type Simplify<T> = { [K in keyof T]: T[K] } & {}

// Types of names that are left out or given are one mapped type each, of columns and relations: an
// empty one beside it, where a model has no relations, would make the whole take any value.
export type Relations<S extends Models<S>, M extends keyof S> = S[M]['relations']

/** The model that relation R of model M leads to. */
export type Target<
  S extends Models<S>,
  M extends keyof S,
  R extends keyof Relations<S, M>,
> = Relations<S, M>[R] extends { readonly one: infer T extends keyof S }
  ? T
  : Relations<S, M>[R] extends { readonly many: infer T extends keyof S }
    ? T
    : never

export type ToManyName<S extends Models<S>, M extends keyof S> = {
  [R in keyof Relations<S, M>]: Relations<S, M>[R] extends ToMany ? R : never
}[keyof Relations<S, M>]

/** A to-one relation's name. */
export type ToOneName<S extends Models<S>, M extends keyof S> = Exclude<
  keyof Relations<S, M>,
  ToManyName<S, M>
>

/** null where a relation of the facts R may refer to nothing. */
export type MayBeNull<R> = R extends { readonly nullable: false } ? never : null

export type Column<S extends Models<S>, M extends keyof S> = keyof S[M]['row'] & string

/** The type in which column C is given, in data and in filters. */
export type Given<S extends Models<S>, M extends keyof S, C> = C extends keyof S[M]['data']
  ? Exclude<S[M]['data'][C], undefined>
  : never
