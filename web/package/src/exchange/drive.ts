// Driving: work that is written once and runs on catalogs of both kinds. It is a generator that
// yields what calls answer; where those are promises, the whole becomes one.
import type { Maybe } from '../maybe.js'

/** Work that yields answers, and is resumed with what they are. */
export type Work<T> = Generator<unknown, T, unknown>

/** Runs `work` to its end: at once, or in a promise from its first one on. */
export function drive<T>(work: Work<T>): Maybe<T> {
  let step = work.next()
  while (step.done !== true) {
    if (step.value instanceof Promise) return later(work, step.value)
    step = work.next(step.value)
  }
  return step.value
}

async function later<T>(work: Work<T>, first: unknown): Promise<T> {
  for (let answer = first; ;) {
    const step = await resume(work, answer)
    if (step.done === true) return step.value
    answer = step.value
  }
}

async function resume<T>(work: Work<T>, answer: unknown): Promise<IteratorResult<unknown, T>> {
  let value: unknown
  try {
    value = await answer
  } catch (error) {
    return work.throw(error)
  }
  return work.next(value)
}

/** Yields each of `rows` to `take`; rows that come later are waited for. */
export function* walkRows<T>(
  rows: Iterable<T> | AsyncIterable<T>,
  take: (row: T) => void,
): Work<void> {
  if (Symbol.iterator in rows) for (const row of rows) take(row)
  else yield takeAll(rows, take)
}

/** All of `rows`. */
export function* collectRows<T>(rows: Iterable<T> | AsyncIterable<T>): Work<T[]> {
  const all: T[] = []
  yield* walkRows(rows, (row) => all.push(row))
  return all
}

async function takeAll<T>(rows: AsyncIterable<T>, take: (row: T) => void): Promise<void> {
  for await (const row of rows) take(row)
}

/** A catalog, or a transaction of one, of either kind; `Tx` is what its transactions give. */
export interface Transacting<Tx> {
  transaction<T>(work: (tx: Tx) => T): T
}

/** The same with the handles that `Tx` says. */
export type Readable<Tx> = Tx & Transacting<Tx>

/** Runs `work` in a transaction, whose rows are of one moment: in `db`, where it is one. */
export function driveAtOnce<Tx, T>(db: Readable<Tx>, work: (tx: Tx) => Work<T>): Maybe<T> {
  return 'close' in Object(db) ? db.transaction((tx) => drive(work(tx))) : drive(work(db))
}
