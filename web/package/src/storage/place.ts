// Place: the open files of a catalog, and the folder where copies of them are kept.
// Node's files are such places, and so are the browser's.
import type { Folder } from './folder.js'
import type { CatalogFiles } from './handle.js'

export interface Place {
  readonly files: CatalogFiles
  /** Where the files are, for copies of them. */
  readonly folder: Folder
  /** What the catalog is called there: shop of shop.sqlite. */
  readonly name: string
  /** Closes the files and lets others in. */
  release(): void
}
