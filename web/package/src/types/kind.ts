// Kind: whether calls answer at once, as those of vitrine/sync, or with promises, as those of
// vitrine; and what that makes of the types of their answers.

/** How the calls of an entry answer. */
export type Kind = 'sync' | 'async'

/** An answer: T itself, or a promise of it. */
export type Reply<K extends Kind, T> = K extends 'async' ? Promise<T> : T

/** Rows that are fetched while they are walked through. */
export type RowsOf<K extends Kind, T> = K extends 'async'
  ? AsyncIterableIterator<T>
  : IterableIterator<T>

/** Reads behind a worker can be given up: the call then fails with ABORTED. */
export type Until<K extends Kind> = K extends 'async' ? { signal?: AbortSignal } : unknown
