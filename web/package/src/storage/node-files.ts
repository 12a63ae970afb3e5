// The files of a catalog in Node: descriptors that behave as the browser's sync access handles do,
// behind a lock that keeps other processes away. Only the "node" condition of the package leads
// here.
import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CatalogError } from '../errors.js'
import type { FileHandle } from './handle.js'
import { flushFolder, nodeFolder } from './node-folder.js'
import { lockFile } from './node-lock.js'
import { isNoRoom, withRoom } from './node-room.js'
import type { Place } from './place.js'

// Node may do a part only, as the operating system does.
function inFull(size: number, step: (from: number) => number): number {
  let done = 0
  while (done < size) {
    const count = step(done)
    if (count === 0) break
    done += count
  }
  return done
}

function handleOf(fd: number): FileHandle {
  return {
    read: (buffer, { at }) =>
      inFull(buffer.length, (from) => readSync(fd, buffer, from, buffer.length - from, at + from)),
    write: (buffer, { at }) =>
      withRoom(() =>
        inFull(buffer.length, (from) =>
          writeSync(fd, buffer, from, buffer.length - from, at + from),
        ),
      ),
    truncate: (size) => withRoom(() => ftruncateSync(fd, size)),
    flush: () => withRoom(() => fdatasyncSync(fd)),
    getSize: () => fstatSync(fd).size,
    close: () => closeSync(fd),
  }
}

function cannotOpen(path: string, cause: unknown): CatalogError {
  if (cause instanceof CatalogError) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  const full = isNoRoom(cause)
  const advice = full ? 'free some room' : 'check the path and its permissions'
  const message = `The catalog ${path} cannot be opened (${reason}): ${advice}, and try again.`
  return new CatalogError({ code: full ? 'FULL' : 'IO', reason: 'cannot_open', message, cause })
}

// A path that is an address, or has a character that no path has, would fail deep inside of Node.
function pathOf(file: unknown): string {
  if (file instanceof URL && file.protocol === 'file:') return fileURLToPath(file)
  const isPath = typeof file === 'string' && file !== '' && !/\0|^[a-z][a-z\d+.-]+:\/\//i.test(file)
  if (isPath) return file
  const what = typeof file === 'string' ? `"${file.replaceAll('\0', '\\0')}"` : String(file)
  const message =
    `The option file must be a path such as "shop.sqlite", not ${what}; ` +
    'of an address, give new URL("file:///…").'
  throw new CatalogError({ code: 'VALIDATION', path: 'file', message })
}

// One name for a file, however it was reached, so that its lock is found.
function nameOf(file: string | URL): string {
  const path = resolve(pathOf(file))
  if (existsSync(path)) return realpathSync(path)
  return join(realpathSync(dirname(path)), basename(path))
}

function openAll(names: readonly string[]): FileHandle[] {
  const handles: FileHandle[] = []
  try {
    for (const name of names) {
      handles.push(handleOf(openSync(name, constants.O_RDWR | constants.O_CREAT, 0o644)))
    }
    return handles
  } catch (error) {
    for (const handle of handles) handle.close()
    throw error
  }
}

// SQLite has emptied them unless something went wrong; then they are needed.
function removeEmpty(names: readonly string[]): void {
  for (const name of names) {
    if (existsSync(name) && statSync(name).size === 0) rmSync(name, { force: true })
  }
}

/**
 * Opens the catalog's files, the main one under this name, and creates those that are missing.
 * Fails with VALIDATION for what is no path, BUSY when a living process has them, IO or FULL when
 * they cannot be opened.
 */
export function openFiles(file: string | URL): Place {
  let unlock = (): void => undefined
  try {
    const path = nameOf(file)
    unlock = lockFile(path)
    const names = [path, `${path}-wal`, `${path}-journal`]
    const isNew = names.some((name) => !existsSync(name))
    const [main, wal, journal] = openAll(names)
    if (isNew) flushFolder(dirname(path))
    const release = (): void => {
      for (const handle of [main, wal, journal]) handle.close()
      removeEmpty(names.slice(1))
      unlock()
    }
    const files = { main, wal, journal }
    return { files, folder: nodeFolder(dirname(path)), name: basename(path, '.sqlite'), release }
  } catch (error) {
    unlock()
    throw cannotOpen(String(file), error)
  }
}
