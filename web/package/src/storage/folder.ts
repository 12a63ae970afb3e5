// Folder: a place that keeps whole files by name, for copies of a catalog. A folder of Node answers
// at once, one of the browser's own storage with promises.
import type { Maybe } from '../maybe.js'

export interface FileEntry {
  readonly name: string
  readonly size_bytes: number
}

export interface Folder {
  /** Its files, in any order; those of other kinds and other catalogs too. */
  list(): Maybe<readonly FileEntry[]>
  read(name: string): Maybe<Uint8Array>
  /**
   * Makes a file, which then is whole and survives the loss of power; or else there is none. Fails
   * with a QuotaExceededError where there is no room.
   */
  write(name: string, bytes: Uint8Array): Maybe<void>
  remove(name: string): Maybe<void>
}
