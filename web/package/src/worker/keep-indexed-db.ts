// A catalog in IndexedDB, where a browser has no files for workers: the file is in memory, and the
// blocks that a commit changed are kept in one transaction before the call is answered. When they
// cannot be, the catalog is opened again as it was before.
import { CatalogCore } from '../catalog-core.js'
import { BlockFile } from '../storage/block-file.js'
import { BlockStore } from '../storage/block-store.js'
import { Keeper, noBackups } from '../storage/keeper.js'
import type { Engine } from '../wasm/engine.js'
import type { Kept } from './kept.js'
import type { Opening } from './messages.js'
import { startEngine } from './start.js'

class KeptInBlocks implements Kept {
  core: CatalogCore
  readonly #engine: Engine
  readonly #store: BlockStore
  #file: BlockFile

  constructor(engine: Engine, store: BlockStore, file: BlockFile) {
    this.#engine = engine
    this.#store = store
    this.#file = file
    this.core = openCore(engine, file)
  }

  get keeper(): Keeper {
    return new Keeper(this.core, null)
  }

  async durable(): Promise<void> {
    const changes = this.#file.changes()
    if (changes === null) return
    try {
      await this.#store.keep(changes)
      this.#file.kept()
    } catch (error) {
      // First, for what closing still writes has to be undone too.
      this.core.close()
      this.#file = this.#file.undone()
      this.core = openCore(this.#engine, this.#file)
      throw error
    }
  }

  async release(): Promise<void> {
    await this.durable().catch(() => undefined)
    this.#store.close()
  }
}

function openCore(engine: Engine, main: BlockFile): CatalogCore {
  const [wal, journal] = [new BlockFile(new Map(), 0), new BlockFile(new Map(), 0)]
  return CatalogCore.openFiles(engine, { main, wal, journal }, 'memory', () => undefined)
}

export async function keepInIndexedDb(opening: Opening): Promise<Kept> {
  if (opening.backup !== undefined) throw noBackups('backup')
  const engine = await startEngine(opening)
  const store = await BlockStore.open(opening.name)
  try {
    const kept = new KeptInBlocks(engine, store, await store.load())
    await kept.durable()
    return kept
  } catch (error) {
    store.close()
    throw error
  }
}
