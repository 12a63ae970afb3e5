// Which version of the package this is. What pages, workers and tabs say to each other belongs to
// one version, so each says which is its own before it believes another.
import { CatalogError } from './errors.js'

/** That of package.json, which a test compares. */
export const kVersion = '0.1.0'

/** Refuses a page whose script is of another version than its worker's. */
export function otherPage(version: string | undefined): CatalogError {
  const message =
    `The catalog’s worker is of version ${kVersion} of Vitrine, and the page’s script of ` +
    `${version}: serve the worker.js that came with the script, and load the page again.`
  return new CatalogError({ code: 'WASM_LOAD', reason: 'other_version', message })
}

/** Refuses a catalog that a tab with another version has open. */
export function otherOwner(version: string | undefined): CatalogError {
  const message =
    `Another tab has the catalog open with version ${version} of Vitrine, and this one has ` +
    `${kVersion}: load that tab again, or close it.`
  return new CatalogError({ code: 'BUSY', reason: 'other_version', message })
}
