// BlockStore: the blocks of one file in IndexedDB, under their numbers, and the file's size. One
// transaction holds all of a change: the browser keeps it whole, or nothing of it.
import { CatalogError } from '../errors.js'
import { BlockFile, kBlockBytes } from './block-file.js'
import type { BlockChanges } from './block-file.js'
import { isNoRoom, noRoomFor } from './no-room.js'

const kStore = 'blocks'
const kSize = 'size'

/** How many blocks one answer brings: Firefox gives none of more than 256 MB. */
const kAtOnce = 2048

function ended<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}

function failure(cause: unknown): CatalogError {
  const what = cause instanceof Error ? cause.message : String(cause)
  if (!isNoRoom(cause)) {
    const message = `The browser could not keep what was written (${what}): it was taken back.`
    return new CatalogError({ code: 'IO', message, cause })
  }
  const message = 'There is no more room for this site: what was written was taken back. Free some.'
  return new CatalogError({ code: 'FULL', message, cause })
}

export class BlockStore {
  readonly #database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.#database = database
  }

  /**
   * Opens it, or creates it. Fails with FULL when there is no room for it, and with
   * STORAGE_UNAVAILABLE when the browser gives none.
   */
  static async open(name: string): Promise<BlockStore> {
    try {
      const request = indexedDB.open(`vitrine/${name}`, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(kStore)
      return new BlockStore(await ended(request))
    } catch (cause) {
      if (isNoRoom(cause)) throw noRoomFor(name, cause)
      const message = `The browser gives no IndexedDB for ${name}: allow the site to keep data.`
      throw new CatalogError({ code: 'STORAGE_UNAVAILABLE', message, cause })
    }
  }

  async load(): Promise<BlockFile> {
    try {
      return await this.#load()
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause)
      const message = `The browser could not read the catalog (${what}): try again.`
      throw new CatalogError({ code: 'IO', message, cause })
    }
  }

  async #load(): Promise<BlockFile> {
    const store = this.#database.transaction(kStore).objectStore(kStore)
    const size_bytes = ((await ended(store.get(kSize))) as number | undefined) ?? 0
    const blocks = new Map<number, Uint8Array>()
    for (let from = 0; from * kBlockBytes < size_bytes; from += kAtOnce) {
      const range = IDBKeyRange.bound(from, from + kAtOnce, false, true)
      const [keys, values] = await Promise.all([
        ended(store.getAllKeys(range)),
        ended(store.getAll(range)),
      ])
      keys.forEach((key, index) => blocks.set(key as number, values[index] as Uint8Array))
    }
    return new BlockFile(blocks, size_bytes)
  }

  /** Ends when all of `changes` is kept. Fails with FULL or IO, and has then kept nothing. */
  async keep(changes: BlockChanges): Promise<void> {
    try {
      const strict = { durability: 'strict' } as const
      const transaction = this.#database.transaction(kStore, 'readwrite', strict)
      const end = committed(transaction)
      end.catch(() => undefined)
      put(transaction, changes)
      await end
    } catch (cause) {
      throw failure(cause)
    }
  }

  close(): void {
    this.#database.close()
  }
}

// A change that cannot even be asked for takes all others back.
function put(transaction: IDBTransaction, { blocks, size_bytes }: BlockChanges): void {
  const store = transaction.objectStore(kStore)
  try {
    for (const [number, block] of blocks) {
      if (block === null) store.delete(number)
      else store.put(block, number)
    }
    store.put(size_bytes, kSize)
  } catch (error) {
    transaction.abort()
    throw error
  }
}
