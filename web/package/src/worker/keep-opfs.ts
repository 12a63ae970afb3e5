// A catalog in files of the origin's private file system. A commit has been flushed there when its
// call returns, so nothing is left to wait for.
import { openPlace } from '../open-place.js'
import { openOpfs } from '../storage/opfs-files.js'
import type { Kept } from './kept.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

export async function keepInOpfs(opening: Opening): Promise<Kept> {
  // The module first: without it there is no reason to hold files.
  const engine = await startEngine(opening)
  const nothing = (): Promise<void> => Promise.resolve()
  const opened = await openPlace(engine, await openOpfs(opening.name), opening.backup)
  return { ...opened, durable: nothing, release: nothing }
}
