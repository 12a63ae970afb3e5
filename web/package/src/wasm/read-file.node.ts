// In Node a module lies in a file. It is read at once, as Node reads code: on the way to another
// thread and back a start would wait for longer than reading takes.

/**
 * The bytes of a local file, or null when `address` names none and is to be fetched: a string is a
 * path unless it has a scheme of two letters or more.
 */
export function readLocalFile(address: string | URL): Uint8Array | null {
  // Imported, all that node:fs exports would be looked at first, which takes a millisecond.
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const isPath = typeof address === 'string' && !/^[a-z][a-z0-9+.-]+:/i.test(address)
  if (isPath) return readFileSync(address)
  const url = new URL(address)
  return url.protocol === 'file:' ? readFileSync(url) : null
}
