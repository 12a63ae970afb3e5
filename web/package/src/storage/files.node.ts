// Files by their path. A start in memory needs none: what opens them is read with the first.
import type { Place } from './place.js'

/** The files of the catalog of this name (node-files.ts). */
export async function openFiles(file: string | URL): Promise<Place> {
  const files = await import('./node-files.js')
  return files.openFiles(file)
}
