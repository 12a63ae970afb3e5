// transaction(): runs a function inside a transaction or, within one, a savepoint.
import type { Scope } from './calls.js'
import { CatalogError } from './errors.js'

/** What begins a transaction or, within one, a savepoint, and ends the innermost. */
export interface TransactionControl {
  begin(): void
  /** When it fails, the transaction is still open. */
  commit(): void
  rollback(): void
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false
  return typeof (value as { then?: unknown }).then === 'function'
}

function refuse(message: string, reason = ''): never {
  throw new CatalogError({ code: 'STATE', reason, message })
}

/** Ends the handles of a transaction with it, and rests those of the one around it meanwhile. */
export class TransactionScope implements Scope {
  readonly #outer: TransactionScope | null
  #ended = false
  #resting = false

  constructor(outer: TransactionScope | null) {
    this.#outer = outer
    if (outer !== null) outer.#resting = true
  }

  check(): void {
    if (this.#ended) {
      refuse('This transaction has ended: use the catalog itself, or begin another.')
    }
    if (this.#resting) {
      refuse('An inner transaction is open: use its own handle.', 'inner_transaction')
    }
  }

  end(): void {
    this.#ended = true
    if (this.#outer !== null) this.#outer.#resting = false
  }
}

// The error on its way out says what happened first; a rollback that fails adds nothing to it.
function takeBack(control: TransactionControl): void {
  try {
    control.rollback()
  } catch {
    return
  }
}

function refuseAsync(promise: PromiseLike<unknown>): never {
  // What its rest does fails, because the scope has ended; that error has no other place to go.
  promise.then(undefined, () => undefined)
  throw new CatalogError({
    code: 'ASYNC_TRANSACTION',
    message:
      "A transaction's function returned a promise, so its work was taken back: await first, " +
      'then open the transaction.',
  })
}

/**
 * Runs `work` with the scope of its handles, inside of the transaction `outer`; types/catalog.ts
 * says what a transaction promises.
 */
export function runTransaction(
  control: TransactionControl,
  work: (scope: TransactionScope) => unknown,
  outer: TransactionScope | null = null,
): unknown {
  control.begin()
  const scope = new TransactionScope(outer)
  try {
    const result = work(scope)
    if (isThenable(result)) refuseAsync(result)
    control.commit()
    return result
  } catch (error) {
    takeBack(control)
    throw error
  } finally {
    scope.end()
  }
}
