// Files in Node, read only when a catalog is opened in one: a start in memory needs none of it.
// Only the "node" condition of the package leads here.
import type { Place } from './place.js'

/** The files of the catalog of this name: see node-files.ts. */
export async function openFiles(file: string | URL): Promise<Place> {
  const files = await import('./node-files.js')
  return files.openFiles(file)
}
