// The promise entry has the description of vitrine/sync: its Kind is 'async'. A test compiles this
// file beside the others.
import type { Catalog as AsyncCatalog } from 'vitrine'
import type {
  Backup,
  ModelApi,
  PictureContent,
  PictureSize,
  PictureSource,
  PictureUrl,
  PreparedPicture,
  PrepareOptions,
  Row,
  Scale,
} from 'vitrine'
import type { Catalog } from 'vitrine/sync'

export async function calls(db: AsyncCatalog): Promise<void> {
  const rows = await db.product.find({ select: ['name'], include: { category: true } })
  rows.map((row) => [row.name, row.category?.name])
  for await (const row of db.product.iterate()) row.name.trim()
  const total: number = await db.transaction(async (tx) => tx.uom.count())
  await db.transaction(() => total)
  const groups = await db.product.aggregate({ values: { n: { count: true } } })
  groups.n.toFixed()
  const file = await db.export()
  void new Blob([file])
  await db.sql`SELECT ${file} AS file`
  db.describe().models.map((model) => model.table)
  const { signal } = new AbortController()
  const [{ name }] = await db.product.find({ select: ['name'], signal })
  name.trim()
  await db.product.get(1, { include: { category: true }, signal })
  const snapshot = db.uom.live().getSnapshot()
  snapshot?.map((row) => row.name.trim())
  const { made_at } = await db.redo()
  made_at.trim()
  const { usage_bytes } = await db.storage.status()
  usage_bytes.toFixed()
}

// What the calls take and give can be named without the other entry.
export async function named(db: AsyncCatalog): Promise<[PictureUrl, Backup[]]> {
  const products: ModelApi<'product'> = db.product
  const image = products.attachment('image')
  const source: PictureSource = 'boot.jpg'
  const options: PrepareOptions = { stripMetadata: true }
  const picture: PreparedPicture = await image.prepare(source, options)
  const sizes: readonly PictureSize[] = picture.thumbnails
  const scale: Scale = { width: sizes[0].width }
  const row: Row<'product_picture'> = await image.thumbnail(1, scale)
  const content: PictureContent = row
  return [await image.url(content), await db.backups()]
}

export function refused(db: AsyncCatalog): void {
  // @ts-expect-error it is a promise
  void db.product.get(1).name
  // @ts-expect-error no such column
  void db.product.find({ where: { nme: 'x' } })
  // @ts-expect-error a write is not given up
  void db.uom.create({ name: 'x' }, { signal: AbortSignal.abort() })
}

export function refusedAtOnce(db: Catalog): void {
  // @ts-expect-error what answers at once is not given up
  db.product.find({ signal: AbortSignal.abort() })
}
