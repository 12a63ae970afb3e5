// Mending: a catalog whose file can no longer be opened begins again from a backup. What the file
// holds is put aside, never thrown away.
import { CatalogError } from '../errors.js'
import { after, rescued } from '../maybe.js'
import type { Maybe } from '../maybe.js'
import { Backups, writeAside } from './backups.js'
import type { CatalogFiles, FileHandle } from './handle.js'
import type { Place } from './place.js'

/** How much of a file says that it is SQLite's, and of what kind. */
const kHeader_bytes = 100

function contentOf(file: FileHandle): Uint8Array {
  const bytes = new Uint8Array(file.getSize())
  return bytes.subarray(0, file.read(bytes, { at: 0 }))
}

function putAside({ files, folder }: Place, aside: string): Maybe<void> {
  const log = contentOf(files.wal)
  return after(writeAside(folder, aside, contentOf(files.main)), () =>
    log.length > 0 ? writeAside(folder, `${aside}-wal`, log) : undefined,
  ) as Maybe<void>
}

function write(file: FileHandle, bytes: Uint8Array, at: number): void {
  // Some browsers write a part, others none.
  try {
    if (file.write(bytes, { at }) === bytes.length) return
  } catch (error) {
    if ((error as Error).name !== 'QuotaExceededError') throw error
  }
  const message = 'There is no room for the backup: free some, and restore it again.'
  throw new CatalogError({ code: 'FULL', message })
}

// What needs more room than the file has is written first, behind what it holds.
function grow(main: FileHandle, bytes: Uint8Array): void {
  const from = Math.max(main.getSize(), kHeader_bytes)
  write(main, bytes.subarray(from), from)
  main.flush()
}

// The log goes first: an old one beside a new file would be taken for its own. The header comes
// last: until then the file is a damaged one, and never empty, which would be a new catalog.
function fill({ main, wal, journal }: CatalogFiles, bytes: Uint8Array): void {
  for (const file of [wal, journal]) {
    file.truncate(0)
    file.flush()
  }
  write(main, new Uint8Array(kHeader_bytes), 0)
  main.flush()
  write(main, bytes.subarray(kHeader_bytes), kHeader_bytes)
  main.truncate(bytes.length)
  main.flush()
  write(main, bytes.subarray(0, kHeader_bytes), 0)
  main.flush()
}

// Puts aside what the files hold, and makes room in them for the backup. When this fails the files
// are as they were, and the copies of them go: each try would else leave others.
function prepare(place: Place, bytes: Uint8Array): Maybe<void> {
  const { main } = place.files
  const size = main.getSize()
  const time = new Date().toISOString().replace(/[-:.]/g, '')
  const aside = `${place.name}.damaged-${time}.sqlite`
  // What is not there, or stays, harms nobody.
  const remove = (copy: string): Maybe<void> =>
    rescued(
      () => place.folder.remove(copy),
      () => undefined,
    )
  const giveUp = (error: unknown): Maybe<void> => {
    main.truncate(size)
    main.flush()
    const removed = after(remove(aside), () => remove(`${aside}-wal`)) as Maybe<void>
    return after(removed, () => {
      throw error
    })
  }
  return rescued(() => after(putAside(place, aside), () => grow(main, bytes)), giveUp)
}

/** Puts the backup of this name in the place of the files' content. `check` refuses a bad one. */
export function mend(
  place: Place,
  backup: string,
  check: (bytes: Uint8Array) => void,
): Maybe<void> {
  const backups = new Backups(place.folder, place.name)
  return after(backups.read(backup), (bytes) => {
    check(bytes)
    return after(prepare(place, bytes), () => fill(place.files, bytes))
  }) as Maybe<void>
}

/** The error of a catalog that is damaged, with the backups that there are. */
export function withBackups(error: unknown, place: Place): Maybe<unknown> {
  if (!(error instanceof CatalogError) || error.code !== 'CORRUPT') return error
  return after(new Backups(place.folder, place.name).list(), (backups) => {
    if (backups.length === 0) return error
    const names = backups.map(({ name }) => name)
    const offer = `There are backups, to be opened with the option backup: ${names.join(', ')}.`
    const message = `${error.message} ${offer}`
    return new CatalogError({ ...error, message, cause: error })
  })
}
