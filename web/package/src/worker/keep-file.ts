// A catalog in a file, in Node, behind the lock that keeps other processes away.
import { openFiles } from '#files'
import { openHeld } from '../open-held.js'
import type { Kept } from './host.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

export async function keepInFile(opening: Opening, file: string): Promise<Kept> {
  const engine = await startEngine(opening)
  const held = openFiles(file)
  const nothing = (): Promise<void> => Promise.resolve()
  try {
    return { ...(await openHeld(engine, held)), durable: nothing, release: nothing }
  } catch (error) {
    held.release()
    throw error
  }
}
