// Failures as data, for the way to another thread.
import { CatalogError } from '../errors.js'
import type { Failure } from '../errors.js'

/** Whatever was thrown as a failure that can be cloned. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof CatalogError)) {
    const said = error instanceof Error ? error.message : String(error)
    const what = said.replace(/[\s.]+$/, '')
    return { code: 'STATE', message: `The catalog’s worker failed: ${what}. Open it again.` }
  }
  const { code, message, reason, model, fields, path, issues, sqlite } = error
  return { code, message, reason, model, fields, path, issues, sqlite }
}
