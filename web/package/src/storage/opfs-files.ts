// The files of a catalog in the origin's private file system, as they are: NAME.sqlite and beside
// it the log and the journal, each opened once. Nothing in the folder is ever deleted here.
import { CatalogError } from '../errors.js'
import type { FileHandle } from './handle.js'
import { isNoRoom, noRoomFor } from './no-room.js'
import { opfsFolder } from './opfs-folder.js'
import type { Place } from './place.js'

const kFolder = 'vitrine'

/** A tab that has just gone may hold its files a little longer than its lock. */
const kRetry_ms = 5_000

const kPassing = ['NoModificationAllowedError', 'InvalidStateError', 'UnknownError']

type Opener = FileSystemFileHandle & { createSyncAccessHandle(): Promise<FileHandle> }

/** Whether this browser has such files at all; not whether they can be opened now. */
export async function hasOpfs(): Promise<boolean> {
  const { FileSystemFileHandle: handle } = globalThis
  if (typeof handle !== 'function' || !('createSyncAccessHandle' in handle.prototype)) return false
  // Some browsers have it and refuse it: in private windows, and in frames of other sites.
  return navigator.storage.getDirectory().then(
    () => true,
    () => false,
  )
}

// The folder of all catalogs' files.
async function opfsDirectory(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(kFolder, { create: true })
}

const pause = (delay_ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delay_ms))

async function openHandle(folder: FileSystemDirectoryHandle, name: string): Promise<FileHandle> {
  const file = (await folder.getFileHandle(name, { create: true })) as Opener
  const end_ms = Date.now() + kRetry_ms
  for (let delay_ms = 10; ; delay_ms *= 2) {
    try {
      return await file.createSyncAccessHandle()
    } catch (error) {
      const passes = error instanceof DOMException && kPassing.includes(error.name)
      if (!passes || Date.now() + delay_ms > end_ms) throw error
      await pause(delay_ms)
    }
  }
}

// Gives files back; what cannot be closed is closed already.
function closeFiles(files: readonly FileHandle[]): void {
  for (const file of files) {
    try {
      file.close()
    } catch {
      continue
    }
  }
}

/**
 * Opens them, creating what is missing. Fails with BUSY when somebody keeps them open, with FULL
 * when there is no room for them, and with STORAGE_UNAVAILABLE when the browser gives none.
 */
export async function openOpfs(name: string): Promise<Place> {
  const open: FileHandle[] = []
  try {
    const directory = await opfsDirectory()
    for (const end of ['.sqlite', '.sqlite-wal', '.sqlite-journal']) {
      open.push(await openHandle(directory, name + end))
    }
    const [main, wal, journal] = open
    const files = { main, wal, journal }
    return { files, folder: opfsFolder(directory), name, release: () => closeFiles(open) }
  } catch (cause) {
    closeFiles(open)
    throw failure(name, cause)
  }
}

function failure(name: string, cause: unknown): CatalogError {
  if (isNoRoom(cause)) return noRoomFor(name, cause)
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  if (cause instanceof DOMException && cause.name === 'NoModificationAllowedError') {
    const message = `The files of ${name} are open elsewhere: close the other tab, or reload it.`
    return new CatalogError({ code: 'BUSY', message, cause })
  }
  const message = `The browser gives no files for ${name} (${what}): allow the site to keep data.`
  return new CatalogError({ code: 'STORAGE_UNAVAILABLE', message, cause })
}
