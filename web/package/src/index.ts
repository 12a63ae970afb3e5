// vitrine: the catalog in a worker of its own, whose calls answer with promises. What is written is
// kept: in the browser's storage, shared by all tabs, or in a file where Node runs it.
import { startWorker } from './start-worker.js'
import { Connection } from './client/connection.js'
import { asyncFace } from './client/face.js'
import { checkedOpening } from './client/opening.js'
import type { OpenOptions } from './client/opening.js'
import { RemoteCalls } from './client/remote-calls.js'
import { CatalogStorage } from './client/storage.js'
import type { SeedModels } from './generated/models.js'
import type {
  CatalogOf,
  ModelApi as ModelApiOf,
  Transaction as TransactionOf,
} from './types/catalog.js'

export { CatalogError } from './errors.js'
export type { OpenOptions } from './client/opening.js'
export type * from './shared-types.js'
export type { Storage, StorageKind, StorageStatus } from './types/storage.js'

/** An open catalog. */
export type Catalog = CatalogOf<SeedModels, 'async'>
/** What the function of a transaction is given. */
export type Transaction = TransactionOf<SeedModels, 'async'>
/** The calls on model M: ModelApi<'product'>. */
export type ModelApi<M extends keyof SeedModels> = ModelApiOf<SeedModels, M, 'async'>

/**
 * Opens a catalog in a worker. Fails with STORAGE_UNAVAILABLE when it cannot be kept here;
 * WASM_LOAD when the module or the worker cannot be loaded; CORRUPT, SCHEMA_NEWER or VALIDATION
 * when what is stored is damaged or something else; BUSY or LEADER_UNRESPONSIVE when another tab
 * has it and does not answer; ABORTED when `signal` says so.
 * @example
 * const shop = await openCatalog({ storage: 'memory' })
 * await shop.category.create({ name: 'Boots', description: 'For feet' })
 * await shop.close()
 */
export async function openCatalog(options: OpenOptions): Promise<Catalog> {
  const { opening, signal } = checkedOpening(options)
  const connection = new Connection(startWorker)
  const { kind, description } = await connection.open(opening, signal)
  const calls = new RemoteCalls(connection, description)
  return asyncFace(connection, calls, new CatalogStorage(kind, opening.name)) as Catalog
}
