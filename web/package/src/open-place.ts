// Opening a catalog in files that are held. Whatever goes wrong, they are given back.
import { CatalogCore } from './catalog-core.js'
import { Backups } from './storage/backups.js'
import { Keeper } from './storage/keeper.js'
import { mend, withBackups } from './storage/mend.js'
import type { Place } from './storage/place.js'
import type { Engine } from './wasm/engine.js'

/** A catalog, and what exchanges and copies its data. */
export interface OpenPlace {
  readonly core: CatalogCore
  readonly keeper: Keeper
}

/**
 * The catalog, which releases the files when it is closed; a copy is put aside when one is due.
 * With `backup` it begins with that copy. Fails with CORRUPT, which names the copies there are.
 */
export async function openPlace(
  engine: Engine,
  place: Place,
  backup: string | undefined,
): Promise<OpenPlace> {
  let core: CatalogCore | null = null
  try {
    if (backup !== undefined) {
      await mend(place, backup, (bytes) => CatalogCore.open(engine, bytes).close())
    }
    const isNew = place.files.main.getSize() === 0
    core = CatalogCore.openFiles(engine, place.files, 'wal', () => place.release())
    const keeper = new Keeper(core, new Backups(place.folder, place.name))
    if (!isNew) await keeper.backUpIfDue()
    return { core, keeper }
  } catch (error) {
    const told = await withBackups(error, place)
    if (core === null) place.release()
    else core.close()
    throw told
  }
}
