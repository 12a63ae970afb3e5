// What the package does otherwise in Node. Only the "node" condition of package.json leads here, so
// that bundlers for browsers never see it; one file, which a start reads at once.
import { readFile } from 'node:fs/promises'
import type * as Inside from './inside.js'
import type { Place } from './storage/place.js'

/**
 * The bytes of a local file, or null when `address` names none and is to be fetched: a string is a
 * path unless it has a scheme of two letters or more.
 */
export async function readLocalFile(address: string | URL): Promise<Uint8Array | null> {
  const isPath = typeof address === 'string' && !/^[a-z][a-z0-9+.-]+:/i.test(address)
  if (isPath) return readFile(address)
  const url = new URL(address)
  return url.protocol === 'file:' ? readFile(url) : null
}

/** The code that calls the module is read while the module is compiled. */
export const loadInside = (): Promise<typeof Inside> => import('./inside.js')

/** The files of the catalog of this name (node-files.ts), of which a start in memory needs none. */
export async function openFiles(file: string | URL): Promise<Place> {
  const files = await import('./storage/node-files.js')
  return files.openFiles(file)
}
