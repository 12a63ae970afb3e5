// Starting an owner: the module, the files, and the catalog in them.
import { CatalogCore } from '../catalog-core.js'
import { CatalogError } from '../errors.js'
import { Keeper } from '../storage/keeper.js'
import { Engine } from '../wasm/engine.js'
import { loadModule } from '../wasm/load.js'
import type { Kept } from './kept.js'
import type { Opening } from './messages.js'

export async function startEngine({ wasm }: Opening): Promise<Engine> {
  return Engine.start(await loadModule(wasm))
}

/**
 * Has the module ready for the turn of a tab that does not need it yet: by then its network, or
 * what its server had, may be gone. What fails is asked for again at that turn, and told then.
 */
export function fetchAhead({ wasm }: Opening): void {
  if (typeof wasm === 'string') loadModule(wasm).catch(() => undefined)
}

/** A catalog that nobody else has, and that goes with its worker. */
export async function keepInMemory(opening: Opening): Promise<Kept> {
  if (opening.storage !== 'memory') throw unavailable(opening.storage)
  const core = CatalogCore.open(await startEngine(opening), null)
  const nothing = (): Promise<void> => Promise.resolve()
  return { core, keeper: new Keeper(core, null), durable: nothing, release: nothing }
}

/** Refuses a kind of storage that is not to be had here. */
export function unavailable(storage: Opening['storage']): CatalogError {
  const message =
    `There is no storage of the kind ${storage} here: choose another, or "memory" for a catalog ` +
    'that goes when it is closed. Browsers keep data for https: and localhost only, and may keep ' +
    'none for frames of other sites and in private windows.'
  return new CatalogError({ code: 'STORAGE_UNAVAILABLE', message })
}

/** Whatever was thrown; as that refusal where the browser's settings let this site keep nothing. */
export function orUnavailable(error: unknown, storage: Opening['storage']): unknown {
  const isDenied = error instanceof DOMException && error.name === 'SecurityError'
  return isDenied ? unavailable(storage) : error
}
