// Attachments and archives: what must compile, with which types, and what must not. A test compiles
// this file against the packed package.
import type { Catalog as LaterCatalog } from 'vitrine'
import { exportArchive, exportFolder, importArchive } from 'vitrine/archive'
import type { ImportReport } from 'vitrine/archive'
import type { Catalog, PictureUrl, PreparedPicture, Row } from 'vitrine/sync'

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [wrong: never]

function exactly<Expected>() {
  return <Actual>(value: Actual, ...proof: Same<Actual, Expected>) => [value, proof]
}

export async function single(db: Catalog, file: File): Promise<void> {
  const image = db.product.attachment('image')
  const picture = await image.prepare(file, { onProgress: (part) => part.toFixed(2) })
  exactly<PreparedPicture>()(picture)
  exactly<Row<'product_picture'>>()(image.attach(1, picture, { alt: 'A boot' }))
  exactly<Row<'product_picture'> | null>()(image.original({ name: 'Boot' }))
  exactly<Row<'product_picture'>>()(await image.thumbnail(1, { ratio: 0.5 }))
  exactly<Row<'product_picture'>[]>()(image.list(1))
  const [row] = image.list(1)
  exactly<Blob>()(image.blob(row))
  exactly<PictureUrl>()(image.url(row))
  for (const source of [file, new Uint8Array(3), new ArrayBuffer(3), new URL('a:b'), 'x.jpg']) {
    await image.prepare(source, { originalOnly: true, stripMetadata: true })
  }
}

export function gallery(db: Catalog, picture: PreparedPicture): void {
  const photos = db.product.attachment('photos')
  exactly<number>()(photos.attach(1, picture).order_index)
  photos.attach(1, picture, { order_index: 3, alt: 'From above' })
  exactly<Row<'product_photo'> | null>()(photos.original(1, { order_index: 0 }))
  photos.list(1, { order_index: 0 })
  photos.attach(1, picture, { alt: photos.list(1)[0].alt })
  photos.reorder(1, [2, 0, 1])
  exactly<number>()(photos.remove(1))
}

export async function later(db: LaterCatalog, picture: PreparedPicture): Promise<void> {
  const image = db.product_item.attachment('image_url')
  exactly<Promise<Row<'user_picture'>>>()(image.attach(1, picture))
  exactly<Promise<PictureUrl>>()(image.url(await image.thumbnail(1, { width: 64 })))
  exactly<Promise<Row<'user_picture'>[]>>()(image.list(1))
}

export async function archives(db: Catalog, shop: LaterCatalog): Promise<void> {
  const zip = await exportArchive(db, { texts: 'csv' })
  exactly<ImportReport>()(await importArchive(shop, zip, { dryRun: true }))
  const folder = await exportFolder(shop)
  void new Blob([...folder.values()])
  await importArchive(db, folder)
  await importArchive(db, new Map([['manifest.json', new Blob([])]]))
  // @ts-expect-error there is no such form of texts
  await exportArchive(db, { texts: 'xml' })
  // @ts-expect-error an archive is bytes or files, no path
  await importArchive(db, 'shop.zip')
  // @ts-expect-error there is no such option
  await importArchive(db, zip, { dryrun: true })
}

export function names(db: Catalog): void {
  // @ts-expect-error it has no such attachment
  db.product.attachment('picture')
  // @ts-expect-error a relation that is no attachment
  db.product.attachment('category')
  // @ts-expect-error a model without pictures
  db.category.attachment('image')
}

export async function calls(db: Catalog, picture: PreparedPicture, file: File): Promise<void> {
  const image = db.product.attachment('image')
  const photos = db.product.attachment('photos')
  // @ts-expect-error attach() takes what prepare() gave
  image.attach(1, file)
  // @ts-expect-error one picture has no number
  image.attach(1, picture, { order_index: 0 })
  // @ts-expect-error of a gallery one must be chosen
  photos.original(1)
  // @ts-expect-error a size has two sides
  image.find(1, { width: 3 })
  // @ts-expect-error a gallery's size needs its number
  photos.find(1, { width: 3, height: 2 })
  // @ts-expect-error nothing says which size
  await image.thumbnail(1, {})
  // @ts-expect-error the numbers are numbers
  photos.reorder(1, ['0'])
  // @ts-expect-error a number is no picture
  await image.prepare(7)
  // @ts-expect-error there is no such option
  await image.prepare(file, { strip: true })
  // @ts-expect-error a row without its digest
  image.blob({ mimetype: 'image/png' })
  // @ts-expect-error an item has one picture, of its own name
  db.product_item.attachment('photos')
}
