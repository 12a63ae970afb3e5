// The shop as an archive: its rows as text and its pictures as files that any program opens. The
// .sqlite file is what a shop is kept by; this is for looking into it, and for taking it elsewhere.
import type { Catalog } from 'vitrine'
import { Zip } from './zip'

// How many contents are fetched at once: some of them may be 25 MB large.
const kContents = 8

const kEndings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
}

interface PictureFile {
  readonly file: string
  readonly sha256: string
  readonly row: object
}

// catalog.json with the rows of each table, manifest.json with what each picture belongs to, and
// each original as TABLE/OWNER/WIDTHxHEIGHT.ending. Thumbnails are made again when they are wanted.
export async function archiveOf(db: Catalog): Promise<Blob> {
  const rows = await allRows(db)
  const files = [
    ...rows.product_picture.map((row) => fileOf('product_picture', row.product_id, row)),
    ...rows.user_picture.map((row) => fileOf('user_picture', row.product_item_id, row)),
    ...rows.product_photo.map((row) =>
      fileOf('product_photo', `${row.product_id}-${row.order_index}`, row),
    ),
  ].flat()
  const zip = new Zip()
  zip.add('catalog.json', textBytes(rows))
  zip.add('manifest.json', textBytes({ pictures: files }))
  for (let at = 0; at < files.length; at += kContents) {
    await addContents(db, zip, files.slice(at, at + kContents))
  }
  return zip.blob()
}

// In one transaction, so that the rows are of one moment.
function allRows(db: Catalog) {
  return db.transaction(async (tx) => {
    const where = { original: true }
    const place = [{ product_id: 'asc' }, { order_index: 'asc' }] as const
    return {
      category: await tx.category.find(),
      uom: await tx.uom.find(),
      product: await tx.product.find(),
      product_item: await tx.product_item.find(),
      product_picture: await tx.product_picture.find({ where, orderBy: [{ product_id: 'asc' }] }),
      user_picture: await tx.user_picture.find({ where, orderBy: [{ product_item_id: 'asc' }] }),
      product_photo: await tx.product_photo.find({ where, orderBy: place }),
    }
  })
}

// None for a picture whose bytes are not there.
function fileOf(
  table: string,
  owner: string | number,
  row: {
    readonly width: number
    readonly height: number
    readonly mimetype: string
    readonly sha256: string | null
  },
): readonly PictureFile[] {
  const { width, height, mimetype, sha256 } = row
  if (sha256 === null) return []
  const ending = kEndings[mimetype] ?? 'bin'
  return [{ file: `${table}/${owner}/${width}x${height}.${ending}`, sha256, row }]
}

async function addContents(db: Catalog, zip: Zip, files: readonly PictureFile[]): Promise<void> {
  const sha256 = { in: files.map((file) => file.sha256) }
  const contents = await db.image_blob.find({ where: { sha256 }, select: ['sha256', 'bytes'] })
  const found = new Map(contents.map((content) => [content.sha256, content.bytes]))
  for (const { file, sha256: content } of files) {
    const bytes = found.get(content)
    if (bytes) zip.add(file, new Uint8Array(bytes))
  }
}

function textBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value, null, 1))
}
