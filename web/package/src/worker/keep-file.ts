// A catalog in a file, in Node, behind the lock that keeps other processes away.
import { openFiles } from '../storage/files.js'
import { openPlace } from '../open-place.js'
import type { Kept } from './kept.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

export async function keepInFile(opening: Opening, file: string | URL): Promise<Kept> {
  const engine = await startEngine(opening)
  const nothing = (): Promise<void> => Promise.resolve()
  const opened = await openPlace(engine, await openFiles(file), opening.backup)
  return { ...opened, durable: nothing, release: nothing }
}
