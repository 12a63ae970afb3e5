// Keeper: exchanging all of a catalog's data for a file's, with a copy of what was there put aside
// first where there is a place for copies.
import type { CatalogCore } from '../catalog-core.js'
import { CatalogError } from '../errors.js'
import { after, rescued } from '../maybe.js'
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
    return this.#takeIn(fileBytes(data), [])
  }

  restore(name: string): Maybe<void> {
    this.#core.checkOpen()
    if (this.#backups === null) throw noBackups('name')
    return after(this.#backups.read(name), (bytes) => this.#takeIn(bytes, [name])) as Maybe<void>
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
    if (this.#backups === null || !(await this.#backups.isDue())) return true
    if (!this.#isSound()) return false
    const made = await this.#backups.add(this.#core.export())
    await this.#backups.prune([made])
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

  // Only new data ends old copies: files that are refused, one after the other, would else push out
  // all but the last ones. Where there is no room for the data, old ones make some, but not the
  // `sources` that it is of.
  #takeIn(bytes: Uint8Array, sources: readonly string[]): Maybe<void> {
    const backups = this.#backups
    if (backups === null) return this.#core.replace(bytes)
    const replace = (): void => this.#core.replace(bytes)
    return after(backups.add(this.#core.export()), (made) => {
      const makeRoom = (): Maybe<void> => tried(() => backups.prune([made, ...sources]))
      const again = (error: unknown): Maybe<void> => {
        if (codeOf(error) !== 'FULL') throw error
        return after(makeRoom(), replace)
      }
      const withdraw = (error: unknown): Maybe<void> =>
        after(leftAsItWas(error) ? tried(() => backups.remove(made)) : undefined, () => {
          throw error
        })
      const replaced = rescued(() => rescued(replace, again), withdraw)
      return after(replaced, () => tried(() => backups.prune([made])))
    }) as Maybe<void>
  }
}

// After a failure of the device nobody knows, and the copy stays.
const leftAsItWas = (error: unknown): boolean => ![null, 'IO'].includes(codeOf(error))

const codeOf = (error: unknown): string | null =>
  error instanceof CatalogError ? error.code : null

// What is tidied, or not: the next copy tidies again.
const tried = (work: () => Maybe<void>): Maybe<void> => rescued(work, () => undefined)

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
