// transaction(): runs a function inside a transaction or, within one, a savepoint.
import type { Scope } from './calls.js'
import type { CatalogCore } from './catalog-core.js'
import { CatalogError } from './errors.js'

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false
  return typeof (value as { then?: unknown }).then === 'function'
}

/** Ends the handles of a transaction with it. */
export class TransactionScope implements Scope {
  #ended = false

  check(): void {
    if (!this.#ended) return
    const message = 'This transaction has ended: use the catalog itself, or begin another.'
    throw new CatalogError({ code: 'STATE', message })
  }

  end(): void {
    this.#ended = true
  }
}

// The error on its way out says what happened first; a rollback that fails adds nothing to it.
function takeBack(core: CatalogCore): void {
  try {
    core.rollback()
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

/** Runs `work` with the scope of its handles; types/catalog.ts says what a transaction promises. */
export function runTransaction(core: CatalogCore, work: (scope: Scope) => unknown): unknown {
  core.begin()
  const scope = new TransactionScope()
  try {
    const result = work(scope)
    if (isThenable(result)) refuseAsync(result)
    core.commit()
    return result
  } catch (error) {
    takeBack(core)
    throw error
  } finally {
    scope.end()
  }
}
