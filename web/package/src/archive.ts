// vitrine/archive: a catalog as a ZIP or a folder of files that any program opens, its pictures
// among them, and back. An entry of its own, so that only those who use it load it.
import { filesOf } from './archive/export.js'
import type { Exporting, Texts } from './archive/export.js'
import { checkedFiles } from './archive/files.js'
import type { ArchiveFile, ArchiveFiles } from './archive/files.js'
import { readManifest } from './archive/manifest.js'
import { pictureSteps } from './archive/pictures.js'
import type { Owners } from './archive/pictures.js'
import { rowSteps } from './archive/read-rows.js'
import { readZip } from './archive/read-zip.js'
import { ZipWriter } from './archive/write-zip.js'
import { CatalogError } from './errors.js'
import { drive } from './exchange/drive.js'
import type { Transacting } from './exchange/drive.js'
import { kImportOptions, waysOf } from './exchange/import-options.js'
import type { ImportOptions } from './exchange/import-options.js'
import { importRows } from './exchange/import-rows.js'
import type { ImportReport } from './exchange/import-rows.js'
import { modelsOf } from './exchange/paths.js'
import { Moved } from './exchange/table-rows.js'
import type { Tables } from './exchange/table-rows.js'
import type { SeedModels } from './generated/models.js'
import { options } from './options.js'
import type { CatalogOf } from './types/catalog.js'
import type { Models } from './types/facts.js'
import type { Kind } from './types/kind.js'
import { bytesIn } from './values/bytes.js'

export type { ImportOptions } from './exchange/import-options.js'
export type { ImportIssue, ImportReport } from './exchange/import-rows.js'

/** The files of a folder: what each holds, by its path in the folder, with `/` between names. */
export type Folder = ReadonlyMap<string, Blob | Uint8Array>

export interface ExportArchiveOptions {
  /** Rows as one catalog.json, or each table as a .csv for spreadsheets. 'json' when left out. */
  texts?: 'json' | 'csv'
}

function textsOf(choice: unknown, name: string): Texts {
  const { texts = 'json' } = options(choice, name, ['texts'])
  if (texts === 'json' || texts === 'csv') return texts
  const message = "texts must be 'json' or 'csv'."
  throw new CatalogError({ code: 'VALIDATION', path: 'texts', message })
}

/**
 * The whole catalog as a ZIP: its rows as catalog.json or .csv files, every picture as a file, and
 * manifest.json, which says what belongs to what. A promise for catalogs of either kind.
 * Fails with RANGE where an import would refuse it: above 512 MB, or 64 MB of rows in one file.
 * @example
 * const zip = await exportArchive(db)
 * zip.type // application/zip
 */
export async function exportArchive<S extends Models<S> = SeedModels, K extends Kind = 'sync'>(
  db: CatalogOf<S, K>,
  choice: ExportArchiveOptions = {},
): Promise<Blob> {
  const zip = new ZipWriter()
  const files = filesOf(db as unknown as Exporting, textsOf(choice, 'exportArchive'))
  for await (const [name, bytes] of files) zip.add(name, bytes)
  return zip.blob()
}

/**
 * The same files for a folder, by their paths. Fails as exportArchive() does.
 * @example
 * const folder = await exportFolder(db, { texts: 'csv' })
 * folder.has('category.csv') // true
 */
export async function exportFolder<S extends Models<S> = SeedModels, K extends Kind = 'sync'>(
  db: CatalogOf<S, K>,
  choice: ExportArchiveOptions = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const folder = new Map<string, Uint8Array<ArrayBuffer>>()
  const files = filesOf(db as unknown as Exporting, textsOf(choice, 'exportFolder'))
  for await (const [name, bytes] of files) folder.set(name, bytes)
  return folder
}

const fileOfBlob = (blob: Blob): ArchiveFile => ({
  size_bytes: blob.size,
  read: async () => new Uint8Array(await blob.arrayBuffer()),
})

async function filesIn(source: unknown): Promise<ArchiveFiles> {
  if (source instanceof Blob) return checkedFiles(await readZip(source))
  const bytes = bytesIn(source)
  if (bytes !== null) return filesIn(new Blob([new Uint8Array(bytes)]))
  if (!(source instanceof Map)) {
    const message = 'An archive is a ZIP (a File or Blob, or its bytes) or a Map of files.'
    throw new CatalogError({ code: 'VALIDATION', message })
  }
  return checkedFiles(
    [...(source as Folder)].map(([name, file]) => {
      return [name, fileOfBlob(file instanceof Blob ? file : new Blob([new Uint8Array(file)]))]
    }),
  )
}

/**
 * Takes an archive in: rows that are there, by their key or a unique value, become as the archive
 * has them, the others are added, and no row is deleted; a picture's set is replaced unless it has
 * these pictures. A row that is there by a unique value keeps its key, and the archive's others
 * refer to it by that. All of it, or nothing: one step that can be undone. Doing it again changes
 * nothing.
 * Fails with IMPORT: at once, with the path of the file, for what is no archive; with an issue for
 * each row and picture that cannot be taken. With ABORTED by `signal`.
 * @example
 * const zip = await exportArchive(db)
 * const { created } = await importArchive(db, zip, { dryRun: true })
 * created // 0
 */
export async function importArchive<S extends Models<S> = SeedModels, K extends Kind = 'sync'>(
  db: CatalogOf<S, K>,
  archive: Blob | Uint8Array | ArrayBuffer | Folder,
  choice: ImportOptions = {},
): Promise<ImportReport> {
  const ways = waysOf(options(choice, 'importArchive', kImportOptions))
  const catalog = modelsOf(db, 'importArchive()')
  const files = await filesIn(archive)
  const sets = await readManifest(catalog, files)
  const moved = new Moved()
  const rows = await rowSteps(catalog, files, moved)
  const pictures = await pictureSteps(db as unknown as Owners, files, sets, moved, ways.check)
  const importing = db as unknown as Transacting<Tables>
  const all = [...rows, ...pictures]
  return drive(importRows(importing, { count: all.length, all }, ways))
}
