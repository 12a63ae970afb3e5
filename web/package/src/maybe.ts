// Maybe: what a catalog of this thread gives at once, and one behind a worker as a promise. Who
// goes on with after() need not know which.

/** An answer, or a promise of it. */
export type Maybe<T> = T | Promise<T>

/** What `next` makes of `value`, as soon as it is there. */
export function after<T, U>(value: Maybe<T>, next: (value: T) => U): Maybe<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** What `work` gives or, when it fails, at once or later, what `failed` makes of the error. */
export function rescued<T>(work: () => Maybe<T>, failed: (error: unknown) => Maybe<T>): Maybe<T> {
  try {
    const value = work()
    return value instanceof Promise ? value.catch(failed) : value
  } catch (error) {
    return failed(error)
  }
}
