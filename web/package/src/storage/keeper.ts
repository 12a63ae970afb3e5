// Keeper: exchanging all of a catalog's data for a file's, with a copy of what was there put aside
// first where there is a place for copies.
import type { CatalogCore } from '../catalog-core.js'
import { CatalogError } from '../errors.js'
import { after } from '../maybe.js'
import type { Maybe } from '../maybe.js'
import type { Backup } from '../types/storage.js'
import { bytesIn } from '../values/bytes.js'
import type { Backups } from './backups.js'

export class Keeper {
  readonly #core: CatalogCore
  readonly #backups: Backups | null

  /** Without `backups`, as in memory, no copies are kept. */
  constructor(core: CatalogCore, backups: Backups | null) {
    this.#core = core
    this.#backups = backups
  }

  /** The copies there are, the newest first. */
  backups(): Maybe<Backup[]> {
    this.#core.checkOpen()
    return this.#backups?.list() ?? []
  }

  /** As types/catalog.ts says. A copy that cannot be kept, for want of room, ends it. */
  replaceWith(data: unknown): Maybe<void> {
    const bytes = fileBytes(data)
    return after(this.#backUp(), () => this.#core.replace(bytes))
  }

  restore(name: string): Maybe<void> {
    this.#core.checkOpen()
    if (this.#backups === null) throw noBackups('name')
    return after(this.#backups.read(name), (bytes) => this.replaceWith(bytes)) as Maybe<void>
  }

  /**
   * Puts a copy aside when the newest one is old, of a catalog that is sound only. A copy that
   * cannot be made keeps nobody from the catalog: it is tried again the next time. Fails with
   * CORRUPT when the catalog is damaged and there are copies to begin with.
   */
  async backUpIfDue(): Promise<void> {
    const isSound = await this.#backUpDue().catch(() => true)
    if (!isSound && (await this.backups()).length > 0) throw damaged()
  }

  // False when one is due, and the catalog is damaged.
  async #backUpDue(): Promise<boolean> {
    if ((await this.#backups?.isDue()) !== true) return true
    if (!this.#isSound()) return false
    await this.#backUp()
    return true
  }

  #isSound(): boolean {
    const sql = 'PRAGMA integrity_check(1)'
    try {
      const rows = this.#core.table('sql', 0, [
        ['', sql],
        ['values', []],
      ])
      return rows[0]['integrity_check'] === 'ok'
    } catch (error) {
      if (error instanceof CatalogError && error.code === 'CORRUPT') return false
      throw error
    }
  }

  #backUp(): Maybe<void> {
    return this.#backups?.keep(this.#core.export())
  }
}

/** Where no copies are kept there is none to be named. */
export function noBackups(path: string): CatalogError {
  const message = 'No backups are kept of this catalog: there are some of catalogs in files.'
  return new CatalogError({ code: 'NOT_FOUND', path, message })
}

function damaged(): CatalogError {
  const message = 'The catalog is damaged: integrity_check finds faults in it.'
  return new CatalogError({ code: 'CORRUPT', message })
}

/** `data` as the bytes of a .sqlite file. Fails with VALIDATION when it cannot be. */
export function fileBytes(data: unknown): Uint8Array {
  const bytes = bytesIn(data)
  if (bytes !== null) return bytes
  const message = 'The option data must be a Uint8Array or an ArrayBuffer: a .sqlite file’s bytes.'
  throw new CatalogError({ code: 'VALIDATION', path: 'data', message })
}
