// A folder of the origin's private file system, for the copies of a catalog.
import type { FileEntry, Folder } from './folder.js'

type Entries = FileSystemDirectoryHandle & {
  values(): AsyncIterable<FileSystemFileHandle | FileSystemDirectoryHandle>
}

async function entriesOf(folder: FileSystemDirectoryHandle): Promise<FileEntry[]> {
  const entries: FileEntry[] = []
  for await (const handle of (folder as Entries).values()) {
    if (handle.kind !== 'file') continue
    // Another catalog of the site removes its own copies meanwhile.
    const file = await handle.getFile().catch(unlessGone)
    if (file !== null) entries.push({ name: file.name, size_bytes: file.size })
  }
  return entries
}

function unlessGone(error: Error): null {
  if (error.name === 'NotFoundError') return null
  throw error
}

async function contentOf(folder: FileSystemDirectoryHandle, name: string): Promise<Uint8Array> {
  const file = await (await folder.getFileHandle(name)).getFile()
  return new Uint8Array(await file.arrayBuffer())
}

// The browser writes elsewhere, and puts it in place when it is closed: whole, or not at all.
async function write(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable()
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>)
    await stream.close()
  } catch (error) {
    await stream.abort().catch(() => undefined)
    await folder.removeEntry(name).catch(() => undefined)
    throw error
  }
}

export function opfsFolder(folder: FileSystemDirectoryHandle): Folder {
  return {
    list: () => entriesOf(folder),
    read: (name) => contentOf(folder, name),
    write: (name, bytes) => write(folder, name, bytes),
    remove: (name) => folder.removeEntry(name),
  }
}
