// A catalog in files of the origin's private file system. A commit has been flushed there when its
// call returns, so nothing is left to wait for.
import { CatalogCore } from '../catalog-core.js'
import { Backups } from '../storage/backups.js'
import { Keeper } from '../storage/keeper.js'
import { closeFiles, openOpfs, opfsDirectory } from '../storage/opfs-files.js'
import { opfsFolder } from '../storage/opfs-folder.js'
import type { Kept } from './host.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

export async function keepInOpfs(opening: Opening): Promise<Kept> {
  // The module first: without it there is no reason to hold files.
  const engine = await startEngine(opening)
  const files = await openOpfs(opening.name)
  const all = [files.main, files.wal, files.journal]
  const nothing = (): Promise<void> => Promise.resolve()
  try {
    const core = CatalogCore.openFiles(engine, files, 'wal', () => closeFiles(all))
    const backups = new Backups(opfsFolder(await opfsDirectory()), opening.name)
    const keeper = new Keeper(core, backups)
    return { core, keeper, durable: nothing, release: nothing }
  } catch (error) {
    closeFiles(all)
    throw error
  }
}
