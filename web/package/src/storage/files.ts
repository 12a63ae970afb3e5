// Files, where there are none that a path could name: in a browser.
import { CatalogError } from '../errors.js'
import type { Place } from './place.js'

/** Fails with STORAGE_UNAVAILABLE. */
export const openFiles = (file: string | URL): Promise<Place> => {
  const message =
    `The file ${String(file)} cannot be opened: browsers have no files by path. ` +
    'The entry vitrine keeps a catalog in the browser’s own storage.'
  throw new CatalogError({ code: 'STORAGE_UNAVAILABLE', path: 'file', message })
}
