// BlockStore: the blocks of one file in IndexedDB, under their numbers, and the file's size. One
// transaction holds all of a change: the browser keeps it whole, or nothing of it. With it goes the
// number of the change, so that nobody writes on what somebody else has changed since.
import { CatalogError } from '../errors.js'
import { BlockFile, kBlockBytes } from './block-file.js'
import type { BlockChanges } from './block-file.js'
import { isNoRoom, noRoomFor } from './no-room.js'

const kStore = 'blocks'
const kSize = 'size'
const kChange = 'change'

/** How many blocks one answer brings: Firefox gives none of more than 256 MB. */
const kAtOnce = 2048

const kClosed =
  'The browser has closed the catalog’s storage, as when the site’s data is cleared. Save what ' +
  'export() gives, and load the page again.'
const kOther = 'Another tab has written to the catalog by itself: load the page again.'

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

function ioError(message: string, cause: unknown): CatalogError {
  return new CatalogError({ code: 'IO', message, cause })
}

function notKept(cause: unknown): CatalogError {
  if (!isNoRoom(cause)) {
    const what = `The browser could not keep what was written (${said(cause)})`
    return ioError(`${what}: it was taken back. Try again, or load the page again.`, cause)
  }
  const message = 'There is no more room for this site: what was written was taken back. Free some.'
  return new CatalogError({ code: 'FULL', message, cause })
}

function said(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

export class BlockStore {
  readonly #database: IDBDatabase
  /** The number of the last change that was read or kept. */
  #change = 0
  /** Why nothing can be kept any more. */
  #lost: string | null = null
  // A browser that closes it may leave what is on its way without an answer.
  readonly #closed: Promise<never>

  private constructor(database: IDBDatabase) {
    this.#database = database
    this.#closed = new Promise((_, reject) => {
      database.onclose = () => {
        this.#lost = kClosed
        reject(new DOMException(kClosed))
      }
    })
    this.#closed.catch(() => undefined)
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
      throw ioError(`The browser could not read the catalog (${said(cause)}): try again.`, cause)
    }
  }

  async #load(): Promise<BlockFile> {
    const store = this.#database.transaction(kStore).objectStore(kStore)
    const number = async (key: string): Promise<number> =>
      ((await ended(store.get(key))) as number | undefined) ?? 0
    this.#change = await number(kChange)
    const size_bytes = await number(kSize)
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
      this.#check(transaction)
      put(transaction, changes, this.#change + 1)
      await Promise.race([end, this.#closed])
      this.#change++
    } catch (cause) {
      throw this.#lost === null ? notKept(cause) : ioError(this.#lost, cause)
    }
  }

  // Asked for before all else: when the answer comes, nothing is kept yet.
  #check(transaction: IDBTransaction): void {
    const last = transaction.objectStore(kStore).get(kChange)
    last.onsuccess = () => {
      if ((last.result ?? 0) === this.#change) return
      this.#lost = kOther
      transaction.abort()
    }
  }

  close(): void {
    this.#database.close()
  }
}

// A change that cannot even be asked for takes all others back.
function put(
  transaction: IDBTransaction,
  { blocks, size_bytes }: BlockChanges,
  change: number,
): void {
  const store = transaction.objectStore(kStore)
  try {
    for (const [number, block] of blocks) {
      if (block === null) store.delete(number)
      else store.put(block, number)
    }
    store.put(size_bytes, kSize)
    store.put(change, kChange)
  } catch (error) {
    transaction.abort()
    throw error
  }
}
