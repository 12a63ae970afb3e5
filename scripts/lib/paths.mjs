// Where things are in this checkout. Every script works from any current folder.
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

export const root = fileURLToPath(new URL('../..', import.meta.url))

// A path inside the checkout, from parts.
export function inRoot(...parts) {
  return join(root, ...parts)
}
