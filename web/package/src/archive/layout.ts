// Where things are in an archive: catalog.json, or one TABLE.csv for each table; manifest.json with
// the rows of pictures; and each picture as TABLE/OWNER/WIDTHxHEIGHT.ending, in a gallery with its
// number behind the owner's: product_photo/12-0/900x600.jpg.
import type { PlainRow } from '../packet/shape.js'
import { setColumnsOf } from '../pictures/set-columns.js'
import type { CatalogDescription, ModelDescription } from '../types/description.js'

export const kManifest = 'manifest.json'
export const kCatalog = 'catalog.json'
/** What the manifest says that it is; a later form has a higher version. */
export const kFormat = 'vitrine'
export const kVersion = 1

/** The bytes of pictures: in an archive they are the pictures' files. */
export const kContents = 'image_blob'

const kEndings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
}

/** A model of pictures, and whose they are. */
export interface PictureModel {
  readonly facts: ModelDescription
  /** The table of the owners, and what its attachment is called. */
  readonly owners: string
  readonly attachment: string
  readonly ownerColumn: string
  /** What tells the sets of a gallery apart. */
  readonly setColumns: readonly string[]
}

/** The models of pictures, by their tables. */
export function pictureModels({ models }: CatalogDescription): Map<string, PictureModel> {
  const found = new Map<string, PictureModel>()
  for (const owner of models) {
    for (const relation of owner.relationships) {
      if (relation.image_attachment !== true) continue
      const facts = models.find(({ name }) => name === relation.target) as ModelDescription
      const [ownerColumn] = relation.foreign_keys
      const setColumns = setColumnsOf(facts, relation)
      const { name: attachment } = relation
      found.set(facts.table, { facts, owners: owner.table, attachment, ownerColumn, setColumns })
    }
  }
  return found
}

/** The tables whose rows are texts: all but pictures and their contents. */
export function textModels(catalog: CatalogDescription): ModelDescription[] {
  const pictures = pictureModels(catalog)
  return catalog.models.filter(({ table }) => table !== kContents && !pictures.has(table))
}

/** The folder of a picture's set. */
export function folderOf({ facts, ownerColumn, setColumns }: PictureModel, row: PlainRow): string {
  return `${facts.table}/${[ownerColumn, ...setColumns].map((name) => String(row[name])).join('-')}`
}

/** The file of a picture. */
export function fileOf(model: PictureModel, row: PlainRow): string {
  const { width, height, mimetype } = row
  const ending = kEndings[String(mimetype)] ?? 'bin'
  return `${folderOf(model, row)}/${String(width)}x${String(height)}.${ending}`
}
