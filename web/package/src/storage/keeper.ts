// Keeper: exchanging all of a catalog's data for a file's, with a copy of what was there put aside
// first where there is a place for copies.
import { after } from '../calls.js'
import type { Maybe } from '../calls.js'
import type { CatalogCore } from '../catalog-core.js'
import { CatalogError } from '../errors.js'
import type { Backup, Backups } from './backups.js'

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
    return this.#backups?.list() ?? []
  }

  /** As types/catalog.ts says. A copy that cannot be kept, for want of room, ends it. */
  replaceWith(data: unknown): Maybe<void> {
    const bytes = fileBytes(data)
    return after(this.#backUp(), () => this.#core.replace(bytes))
  }

  restore(name: string): Maybe<void> {
    if (this.#backups === null) {
      const message = 'This catalog is in memory only: there are no backups of it.'
      throw new CatalogError({ code: 'NOT_FOUND', path: 'name', message })
    }
    return after(this.#backups.read(name), (bytes) => this.replaceWith(bytes)) as Maybe<void>
  }

  /**
   * Puts a copy aside when the newest one is old. One that cannot be made keeps nobody from the
   * catalog: it is tried again the next time.
   */
  async backUpIfDue(): Promise<void> {
    try {
      if ((await this.#backups?.isDue()) === true) await this.#backUp()
    } catch {
      return
    }
  }

  #backUp(): Maybe<void> {
    return this.#backups?.keep(this.#core.export())
  }
}

/** `data` as the bytes of a .sqlite file. Fails with VALIDATION when it cannot be. */
export function fileBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  const message = 'The option data must be a Uint8Array or an ArrayBuffer: a .sqlite file’s bytes.'
  throw new CatalogError({ code: 'VALIDATION', path: 'data', message })
}
