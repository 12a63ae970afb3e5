// vitrine/sync: the catalog on this thread, in memory. Opening it is asynchronous, because browsers
// fetch and compile WebAssembly so; every call after that answers at once.
import { CatalogError } from './errors.js'
import type { SeedModels } from './generated/models.js'
import { openInside } from './inside.js'
import { flag, givenOptions } from './options.js'
import { ownModule } from './own-address.js'
import type {
  CatalogOf,
  ModelApi as ModelApiOf,
  Transaction as TransactionOf,
} from './types/catalog.js'
import { fileBytes } from './storage/keeper.js'
import type { Database } from './sqljs/types.js'
import { loadModule } from './wasm/load.js'
import type { WasmSource } from './wasm/load.js'

export { CatalogError } from './errors.js'
export { PreparedPicture } from './pictures/prepared.js'
export type * from './shared-types.js'
export type { Database, Statement } from './sqljs/types.js'
export type { WasmSource } from './wasm/load.js'

/** An open catalog. */
export type Catalog = CatalogOf<SeedModels> & {
  /**
   * The same connection as sql.js has it: what it writes, the catalog reads, and a transaction that
   * it begins takes in the catalog's calls. Closing it leaves the catalog open.
   * @example
   * db.raw.exec('SELECT name FROM category')[0].values
   */
  readonly raw: Database
}
/** What the function of a transaction is given. */
export type Transaction = TransactionOf<SeedModels>
/** The calls on model M: ModelApi<'product'>. */
export type ModelApi<M extends keyof SeedModels> = ModelApiOf<SeedModels, M>

export interface OpenOptions {
  /** Where vitrine.wasm is, when not beside the script. */
  wasm?: WasmSource
  /**
   * The bytes of a .sqlite file to start with, which are copied before openCatalog() ends. An empty
   * catalog without.
   */
  data?: Uint8Array | ArrayBuffer
  /**
   * With `data`: that you made the file yourself, as with export(). Its rows and indexes are then
   * not looked through, which is most of the time of opening; damage is found when a call comes
   * upon it. Of a file from anybody else every row is checked: leave this out.
   */
  trusted?: boolean
  /** In Node: the .sqlite file that keeps the catalog, made when missing. In memory without. */
  file?: string | URL
  /** With `file`: a backup of it to begin with. What the file holds is put aside. */
  backup?: string
}

const kOptions = ['wasm', 'data', 'trusted', 'file', 'backup']

function refuse(path: string, message: string): never {
  throw new CatalogError({ code: 'VALIDATION', path, message })
}

function dataOf(options: OpenOptions): Uint8Array | null {
  const given = givenOptions(options, 'openCatalog', kOptions)
  const trusted = flag(given, 'trusted')
  const { data, file, backup } = given as OpenOptions
  if (data !== undefined && file !== undefined) {
    refuse(
      'data',
      'The options data and file exclude each other: open the file, then replaceWith().',
    )
  }
  if (backup !== undefined && file === undefined) {
    refuse('backup', 'The option backup is about file, and there is none.')
  }
  if (data !== undefined) return fileBytes(data)
  if (trusted) refuse('trusted', 'The option trusted is about data, and there is none.')
  return null
}

/**
 * Opens a catalog: in memory or, in Node, in a `file`. Fails with WASM_LOAD when the module cannot
 * be loaded; CORRUPT when `data` or the file is not a database or is damaged; SCHEMA_NEWER or
 * VALIDATION when it is one of something else; BUSY when another process has the file open.
 * @example
 * const db = await openCatalog()
 * db.category.create({ name: 'Boots', description: 'For feet' })
 */
export async function openCatalog(options: OpenOptions = {}): Promise<Catalog> {
  const data = dataOf(options)
  const address = options.wasm ?? ownModule()
  return (await openInside(await loadModule(address), data, options)) as Catalog
}
