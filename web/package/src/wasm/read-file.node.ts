// Files in Node. Only the "node" condition of the package leads here, so bundlers for browsers
// never see it.
import { readFile } from 'node:fs/promises'

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
