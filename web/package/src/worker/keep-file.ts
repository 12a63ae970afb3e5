// A catalog in a file, in Node, behind the lock that keeps other processes away.
import { openFiles } from '#files'
import { CatalogCore } from '../catalog-core.js'
import { Backups } from '../storage/backups.js'
import { Keeper } from '../storage/keeper.js'
import type { Kept } from './host.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

export async function keepInFile(opening: Opening, file: string): Promise<Kept> {
  const engine = await startEngine(opening)
  const held = openFiles(file)
  const nothing = (): Promise<void> => Promise.resolve()
  try {
    const isNew = held.files.main.getSize() === 0
    const core = CatalogCore.openFiles(engine, held.files, 'wal', () => held.release())
    const keeper = new Keeper(core, new Backups(held.folder, held.name))
    if (!isNew) await keeper.backUpIfDue()
    return { core, keeper, durable: nothing, release: nothing }
  } catch (error) {
    held.release()
    throw error
  }
}
