// The options of openCatalog, checked and ready to go to the worker.
import { CatalogError } from '../errors.js'
import { givenOptions } from '../options.js'
import { ownModule } from '../own-address.js'
import type { StorageKind } from '../types/storage.js'
import { kVersion } from '../version.js'
import type { Opening } from '../worker/messages.js'

export interface OpenOptions {
  /**
   * What the catalog is called: letters, digits, "-", "_" and ".", 64 at most. Every tab of a site
   * that opens the same name has the same catalog.
   */
  name?: string
  /**
   * Where it is kept. 'auto' is 'opfs' where a browser has it, else 'indexeddb', and never memory.
   * Left out, it is 'auto', or 'file' where `file` is given.
   */
  storage?: 'auto' | StorageKind
  /** The .sqlite file, in Node: its path, or its URL. */
  file?: string | URL
  /** A backup to begin with, where what is kept is damaged: that is put aside. */
  backup?: string
  /** Where vitrine.wasm is, when not beside the script: an address, its bytes, or a Module. */
  wasm?: string | URL | WebAssembly.Module | ArrayBuffer | Uint8Array
  /** Gives up waiting for the catalog. */
  signal?: AbortSignal
}

const kOptions = ['name', 'storage', 'file', 'backup', 'wasm', 'signal']
// What an 'auto' turns out to be is known in the worker.
const kWithBackups = ['auto', 'opfs', 'file']
const kStorages = ['auto', 'opfs', 'indexeddb', 'memory', 'file']

function refuse(path: string, message: string): never {
  throw new CatalogError({ code: 'VALIDATION', path, message })
}

/**
 * What to open, and until when. Fails with VALIDATION or UNDEFINED_VALUE, and with WASM_LOAD where
 * nobody knows the module's address.
 */
export function checkedOpening(given: OpenOptions | undefined): {
  opening: Opening
  signal: AbortSignal | null
} {
  const known = givenOptions(given, 'openCatalog', kOptions)
  const { name = '', file, backup, wasm = ownModule(), signal = null } = known as OpenOptions
  const { storage = file === undefined ? 'auto' : 'file' } = known as OpenOptions
  if (!kStorages.includes(storage)) refuse('storage', `storage is one of ${kStorages.join(', ')}.`)
  if ((storage === 'file') !== (file !== undefined)) {
    refuse('file', 'file and the storage "file" belong together: give the path of a .sqlite file.')
  }
  if (backup !== undefined && !kWithBackups.includes(storage)) {
    refuse('backup', `There are backups in the storage ${kWithBackups.join(', ')} only.`)
  }
  const needsName = storage !== 'memory' && storage !== 'file'
  if (needsName && !/^\w[\w.-]{0,63}$/.test(name)) {
    const form = 'name must be letters, digits, "-", "_" and ".", and begin with no dot'
    refuse('name', `${form}: { name: "shop" }, or in Node { file: "shop.sqlite" }.`)
  }
  const address = wasm instanceof URL ? wasm.href : wasm
  const others = { ...(file !== undefined && { file }), ...(backup !== undefined && { backup }) }
  return { opening: { version: kVersion, name, storage, wasm: address, ...others }, signal }
}
