// How the package itself refuses a picture; what only its bytes tell is refused by the module.
import { CatalogError } from '../errors.js'

/** Fails with IMAGE and a finer reason. */
export function refusePicture(reason: string, message: string, cause?: unknown): never {
  throw new CatalogError({ code: 'IMAGE', reason, message, cause })
}

/** Fails with ABORTED when `signal` says so. */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return
  const message = 'The picture was given up before it was ready: nothing was stored.'
  throw new CatalogError({ code: 'ABORTED', message, cause: signal.reason })
}
