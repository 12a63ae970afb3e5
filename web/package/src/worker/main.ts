// The worker of a catalog, as a browser runs it: it chooses where the catalog is kept. The
// package's build makes one file of it, so that any bundler can pass it on as it is.
import { hasOpfs } from '../storage/opfs-files.js'
import { failureOf } from './failures.js'
import type { Kept } from './kept.js'
import { keepInIndexedDb } from './keep-indexed-db.js'
import { keepInOpfs } from './keep-opfs.js'
import type { StorageKind } from '../types/storage.js'
import type { FromWorker, Opening, ToWorker } from './messages.js'
import { Solo } from './solo.js'
import { keepInMemory, orUnavailable, unavailable } from './start.js'
import { Station } from './station.js'
import { kVersion, otherPage } from '../version.js'

const post = (message: FromWorker, transfer: readonly ArrayBuffer[]): void =>
  self.postMessage(message, { transfer: [...transfer] })

const keepers: Partial<Record<StorageKind, (opening: Opening) => Promise<Kept>>> = {
  opfs: keepInOpfs,
  indexeddb: keepInIndexedDb,
}

// What the browser has, not what works today: a site must find its data where it left it.
async function kindOf({ storage }: Opening): Promise<StorageKind> {
  const isShared = 'locks' in navigator && 'BroadcastChannel' in globalThis
  if (storage === 'memory') return storage
  if (storage === 'file' || !isShared) throw unavailable(storage)
  if (storage !== 'indexeddb' && (await hasOpfs())) return 'opfs'
  if (storage !== 'opfs' && 'indexedDB' in globalThis) return 'indexeddb'
  throw unavailable(storage)
}

let side: Solo | Station | null = null

async function open(opening: Opening): Promise<void> {
  try {
    if (opening.version !== kVersion) throw otherPage(opening.version)
    const kind = await kindOf(opening)
    const keep = keepers[kind]
    if (keep === undefined) {
      const solo = (side = new Solo(post))
      return await solo.open(kind, () => keepInMemory(opening))
    }
    const station = (side = new Station(post, kind, opening, keep))
    await station.open()
  } catch (error) {
    post({ failed: failureOf(orUnavailable(error, opening.storage)) }, [])
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if ('open' in data) void open(data.open)
  else side?.receive(data)
}
