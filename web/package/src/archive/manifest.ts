// The manifest of an archive: which picture each file is, and what it belongs to. What it says is
// held against the file names; pictures.ts holds it against the files.
import type { PlainRow } from '../packet/shape.js'
import type { CatalogDescription } from '../types/description.js'
import { isObject, jsonOf, refuse } from './files.js'
import type { ArchiveFiles } from './files.js'
import { fileOf, folderOf, kCatalog, kFormat, kManifest, kVersion } from './layout.js'
import { pictureModels, textModels } from './layout.js'
import type { PictureModel } from './layout.js'

export interface Listed {
  readonly model: PictureModel
  /** null for a row whose bytes were not there either. */
  readonly file: string | null
  readonly row: PlainRow
}

/** The pictures of one set. */
export interface ListedSet {
  readonly folder: string
  readonly pictures: readonly Listed[]
}

interface Entry {
  readonly table?: unknown
  readonly file?: unknown
  readonly row?: unknown
}

function entriesOf(manifest: unknown): readonly unknown[] {
  if (!isObject(manifest) || manifest['format'] !== kFormat) {
    refuse(kManifest, 'this is no archive of a catalog: it does not say "format": "vitrine".')
  }
  if (manifest['version'] !== kVersion) {
    refuse(kManifest, 'the archive has a form that this version does not know: update it.')
  }
  const { pictures } = manifest
  return Array.isArray(pictures) ? pictures : refuse(kManifest, 'pictures must be a list.')
}

function readEntry(
  entry: unknown,
  index: number,
  models: ReadonlyMap<string, PictureModel>,
  files: ArchiveFiles,
): Listed {
  const { table, file, row }: Entry = isObject(entry) ? entry : {}
  const place = typeof file === 'string' ? file : `${kManifest}, picture ${index + 1}`
  const model = models.get(String(table))
  if (model === undefined) {
    refuse(
      place,
      `there are no pictures called ${String(table)}; ${[...models.keys()].join(', ')}.`,
    )
  }
  if (!isObject(row)) refuse(place, 'its row must be an object of columns and values.')
  if (file === null && row['sha256'] === null) return { model, file, row }
  const right = fileOf(model, row)
  if (file !== right) refuse(place, `by its row it belongs to ${right}.`)
  if (!files.has(right)) refuse(place, 'the manifest names it, and it is not there.')
  return { model, file: right, row }
}

function checkStrangers(catalog: CatalogDescription, files: ArchiveFiles, pictures: Set<unknown>) {
  const texts = textModels(catalog).map(({ table }) => `${table}.csv`)
  for (const name of files.keys()) {
    if (name === kManifest || name === kCatalog || texts.includes(name)) continue
    if (!pictures.has(name)) refuse(name, 'the manifest does not know it: take it away.')
  }
}

/** The pictures that the manifest lists, by their sets. Fails with IMPORT and the file's path. */
export async function readManifest(
  catalog: CatalogDescription,
  files: ArchiveFiles,
): Promise<ListedSet[]> {
  const file = files.get(kManifest)
  if (file === undefined) refuse(kManifest, 'it is not there: this is no archive of a catalog.')
  const models = pictureModels(catalog)
  const sets = new Map<string, Listed[]>()
  const names = new Set<unknown>()
  for (const [index, entry] of entriesOf(await jsonOf(kManifest, file)).entries()) {
    const picture = readEntry(entry, index, models, files)
    if (names.has(picture.file)) refuse(picture.file ?? '', 'the manifest lists it twice.')
    if (picture.file !== null) names.add(picture.file)
    const folder = folderOf(picture.model, picture.row)
    const set = sets.get(folder)
    if (set) set.push(picture)
    else sets.set(folder, [picture])
  }
  checkStrangers(catalog, files, names)
  return [...sets].map(([folder, pictures]) => ({ folder, pictures }))
}
