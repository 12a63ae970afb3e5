// LiveSource: a catalog as live queries see it, on this thread or behind a worker.
import type { ChangeListener } from '../change-listeners.js'
import type { Maybe } from '../maybe.js'
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import type { CatalogDescription } from '../types/description.js'

/** What live queries ask of a catalog. */
export interface LiveSource {
  describe(): CatalogDescription
  /** The tables that a request of this model reads. */
  tables(model: number, args: Options): Maybe<readonly string[]>
  find(model: number, args: Options): Maybe<PlainRow[]>
  /** Grows with each commit that is known of. */
  readonly commits: number
  onChange(listener: ChangeListener): () => void
}
