// Kept: what every way to keep a catalog, in files or elsewhere, gives to its host.
import type { CatalogCore } from '../catalog-core.js'
import type { Keeper } from '../storage/keeper.js'

/** An open catalog and where it is kept. */
export interface Kept {
  readonly core: CatalogCore
  /** Exchanges all of its data, and keeps copies where there is a place for them. */
  readonly keeper: Keeper
  /**
   * Ends when what was committed is kept. When it cannot be, fails with FULL or IO; `core` is then
   * the catalog as it was before.
   */
  durable(): Promise<void>
  /** Gives the files back, after the core was closed. */
  release(): Promise<void>
}
