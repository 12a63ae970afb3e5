// A folder of Node, for the copies of a catalog. Only the "node" condition of the package leads
// here.
import { closeSync, fsyncSync, openSync, readFileSync, readdirSync } from 'node:fs'
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Folder } from './folder.js'
import { withRoom } from './node-room.js'

/** Makes what was written or renamed in a folder survive the loss of power. */
export function flushFolder(path: string): void {
  // Windows does that by itself, and opens no folders.
  if (process.platform === 'win32') return
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

// Under another name until it is whole: one without the time, so that the next copy writes over
// what a process left that was killed.
function writeWhole(folder: string, name: string, bytes: Uint8Array): void {
  const draft = join(folder, `${name.replace(/-\d+T\d+Z/, '')}.draft`)
  try {
    writeFileSync(draft, bytes, { flush: true })
    renameSync(draft, join(folder, name))
    flushFolder(folder)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** The folder at `path`, which exists. */
export function nodeFolder(path: string): Folder {
  // One that has gone since it was listed has no size.
  const entry = (name: string) => {
    const found = statSync(join(path, name), { throwIfNoEntry: false })
    return { name, size_bytes: found?.size ?? 0 }
  }
  return {
    list: () =>
      readdirSync(path, { withFileTypes: true })
        .filter((one) => one.isFile())
        .map(({ name }) => entry(name)),
    read: (name) => readFileSync(join(path, name)),
    write: (name, bytes) => withRoom(() => writeWhole(path, name, bytes)),
    remove: (name) => rmSync(join(path, name), { force: true }),
  }
}
