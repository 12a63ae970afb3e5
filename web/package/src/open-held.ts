// Opening a catalog in Node's files, which the caller holds and releases when this fails.
import { CatalogCore } from './catalog-core.js'
import { Backups } from './storage/backups.js'
import { Keeper } from './storage/keeper.js'
import type { HeldFiles } from './storage/node-files.js'
import type { Engine } from './wasm/engine.js'

/** The catalog, which releases the files when it is closed; a copy is put aside when one is due. */
export async function openHeld(
  engine: Engine,
  held: HeldFiles,
): Promise<{ readonly core: CatalogCore; readonly keeper: Keeper }> {
  const isNew = held.files.main.getSize() === 0
  const core = CatalogCore.openFiles(engine, held.files, 'wal', () => held.release())
  const keeper = new Keeper(core, new Backups(held.folder, held.name))
  if (!isNew) await keeper.backUpIfDue()
  return { core, keeper }
}
