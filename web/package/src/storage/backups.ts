// Backups: a ring of copies of a catalog, kept beside it. Each is an ordinary .sqlite file whose
// name tells when it was taken: shop.backup-20260428T093005123Z.sqlite.
import { CatalogError } from '../errors.js'
import { after, rescued } from '../maybe.js'
import type { Maybe } from '../maybe.js'
import type { Backup } from '../types/storage.js'
import type { FileEntry, Folder } from './folder.js'

/** How many are kept, beside the largest. */
const kKept = 3
/** A copy is due when the newest is older than this. */
const kInterval_ms = 7 * 24 * 60 * 60 * 1000

const kTime = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/

export class Backups {
  readonly #folder: Folder
  readonly #prefix: string

  /** The copies of the catalog `name`: shop of shop.sqlite. */
  constructor(folder: Folder, name: string) {
    this.#folder = folder
    this.#prefix = `${name}.backup-`
  }

  /** All there are, the newest first. */
  list(): Maybe<Backup[]> {
    return after(this.#all(), (backups) => backups.filter(isWhole))
  }

  /** The bytes of a copy. Fails with NOT_FOUND when there is none of this name. */
  read(name: string): Maybe<Uint8Array> {
    return after(this.list(), (backups) => {
      if (backups.some((backup) => backup.name === name)) return this.#folder.read(name)
      const message = `There is no backup ${name}: backups() says which there are.`
      throw new CatalogError({ code: 'NOT_FOUND', path: 'name', message })
    }) as Maybe<Uint8Array>
  }

  /** Keeps this copy beside all others; its name. Fails with FULL or IO, and then kept nothing. */
  add(bytes: Uint8Array, now = new Date()): Maybe<string> {
    const name = `${this.#prefix}${now.toISOString().replace(/[-:.]/g, '')}.sqlite`
    return after(writeAside(this.#folder, name, bytes), () => name)
  }

  /** Removes old copies, but never the largest of all, nor the `spared`. */
  prune(spared: readonly string[]): Maybe<void> {
    return after(this.#all(), (backups) => {
      const largest = Math.max(...backups.map(({ size_bytes }) => size_bytes))
      const keeper = backups.find(({ size_bytes }) => size_bytes === largest)
      const kept = backups.filter(isWhole).slice(0, kKept)
      // A catalog that lost most of its rows by mistake would else push out the copies that have
      // them, and a clock that was put back the copy that was just made.
      const spare = backups.filter(
        (one) => one !== keeper && !spared.includes(one.name) && !kept.includes(one),
      )
      return this.#removeAll(spare)
    }) as Maybe<void>
  }

  /** Removes the copy of this name. */
  remove(name: string): Maybe<void> {
    return this.#folder.remove(name)
  }

  /** Whether all copies are so old that another should be taken; or of a clock that was wrong. */
  isDue(now = new Date()): Maybe<boolean> {
    return after(this.list(), (backups) =>
      backups.every(
        ({ taken_at }) => Math.abs(now.getTime() - Date.parse(taken_at)) > kInterval_ms,
      ),
    )
  }

  #all(): Maybe<Backup[]> {
    return after(this.#folder.list(), (entries) =>
      entries
        .flatMap((entry) => this.#backup(entry))
        .sort((a, b) => (a.taken_at < b.taken_at ? 1 : -1)),
    )
  }

  #backup({ name, size_bytes }: FileEntry): Backup[] {
    if (!name.startsWith(this.#prefix) || !name.endsWith('.sqlite')) return []
    const time = name.slice(this.#prefix.length, -'.sqlite'.length)
    if (!kTime.test(time)) return []
    return [{ name, taken_at: time.replace(kTime, '$1-$2-$3T$4:$5:$6.$7Z'), size_bytes }]
  }

  #removeAll([first, ...rest]: readonly Backup[]): Maybe<void> {
    if (first === undefined) return undefined
    return after(this.#folder.remove(first.name), () => this.#removeAll(rest)) as Maybe<void>
  }
}

// A browser leaves an empty file where its tab ended while it made a copy.
const isWhole = ({ size_bytes }: Backup): boolean => size_bytes > 0

/** Writes a file beside a catalog's. Fails with FULL or IO, and then has kept nothing. */
export function writeAside(folder: Folder, name: string, bytes: Uint8Array): Maybe<void> {
  return rescued(() => folder.write(name, bytes), notKept)
}

function notKept(cause: unknown): never {
  const { name, message: said } = cause as Error
  const isFull = name === 'QuotaExceededError'
  const advice = isFull ? 'free some room' : 'check the place'
  const message = `No copy of the catalog could be put aside (${said}): ${advice}, and try again.`
  throw new CatalogError({ code: isFull ? 'FULL' : 'IO', message, cause })
}
