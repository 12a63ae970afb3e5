// What browsers say where a site may keep no more.
import { CatalogError } from '../errors.js'

export function isNoRoom(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'QuotaExceededError'
}

/** What opening the catalog `name` fails with then. */
export function noRoomFor(name: string, cause: unknown): CatalogError {
  const message = `There is no room for ${name} on this site: free some, and open it again.`
  return new CatalogError({ code: 'FULL', reason: 'cannot_open', message, cause })
}
