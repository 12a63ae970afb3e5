// A catalog in a file, in Node, behind the lock that keeps other processes away.
import { openFiles } from '#files'
import { CatalogCore } from '../catalog-core.js'
import type { Kept } from './host.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

export async function keepInFile(opening: Opening, file: string): Promise<Kept> {
  const engine = await startEngine(opening)
  const { files, release } = openFiles(file)
  const nothing = (): Promise<void> => Promise.resolve()
  try {
    const core = CatalogCore.openFiles(engine, files, 'wal', release)
    return { core, durable: nothing, release: nothing }
  } catch (error) {
    release()
    throw error
  }
}
