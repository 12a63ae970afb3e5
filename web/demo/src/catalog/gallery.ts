// Gallery: the pictures of a product, its cover, the photos beside it and those of its items, as a
// visitor changes them. Each call is one step: all of it happens, or none.
import { CatalogError, type Catalog, type Transaction } from 'vitrine'
import { isPhoto } from './picture-set'
import type { Photo, Picture } from './rows'

// Which picture: the cover or the photo that was seen, which another change may have moved since.
export type Place = { readonly cover: Picture } | Photo

// What a visitor does to pictures that are there.
export type GalleryChange =
  | { readonly change: 'remove'; readonly place: Place }
  | { readonly change: 'alt'; readonly place: Place; readonly alt: string }
  // By so many places, -1 forward and 1 back.
  | { readonly change: 'move'; readonly place: Photo; readonly by: number }
  | { readonly change: 'cover'; readonly place: Photo }

// An item, as far as its picture needs to know it.
export interface ItemName {
  readonly id: number
  readonly name: string
}

export interface Progress {
  readonly signal: AbortSignal
  // Told how much is done, from 0 to 1.
  readonly onProgress: (part: number) => void
}

export class Gallery {
  readonly #db: Catalog

  constructor(db: Catalog) {
    this.#db = db
  }

  // Reads, scales and keeps a picture: as the cover where there is none, else as the last photo.
  // Fails with IMAGE, or with ABORTED by the signal, and then has changed nothing.
  async add(productId: number, file: Blob, progress: Progress): Promise<void> {
    const picture = await this.#prepare(file, progress)
    await this.#db.transaction(async (tx) => {
      const covers = tx.product.attachment('image')
      const cover = await covers.original(productId)
      // Given up at the last moment: then the transaction is taken back.
      progress.signal.throwIfAborted()
      if (cover === null) await covers.attach(productId, picture)
      else await tx.product.attachment('photos').attach(productId, picture)
    })
  }

  // The same for an item, which has one picture: it takes the place of the one that is there, and
  // shows what the item is called.
  async addToItem({ id, name }: ItemName, file: Blob, progress: Progress): Promise<void> {
    const picture = await this.#prepare(file, progress)
    progress.signal.throwIfAborted()
    await this.#ofItems.attach(id, picture, { alt: name })
  }

  async removeFromItem(id: number): Promise<void> {
    await this.#ofItems.remove(id)
  }

  async describeOfItem(id: number, alt: string): Promise<void> {
    if ((await this.#ofItems.alt(id, alt)) === 0) throw gone(alt)
  }

  // What is gone by now is left alone; words for it are refused, so that they are not lost.
  change(productId: number, change: GalleryChange): Promise<void> {
    if (change.change === 'cover') return this.#makeCover(productId, change.place)
    return this.#db.transaction((tx) => {
      switch (change.change) {
        case 'remove':
          return remove(tx, productId, change.place)
        case 'alt':
          return describe(tx, productId, change.place, change.alt)
        case 'move':
          return move(tx, productId, change.place, change.by)
      }
    })
  }

  // A shop's pictures are for everybody: where and with what they were taken stays at home. Of the
  // formats only AVIF cannot be cleaned; it is rarely what a camera writes.
  async #prepare(file: Blob, progress: Progress) {
    try {
      return await this.#covers.prepare(file, { ...progress, stripMetadata: true })
    } catch (error) {
      if (!(error instanceof CatalogError) || error.reason !== 'metadata') throw error
      return this.#covers.prepare(file, progress)
    }
  }

  // The photo and the cover change places. The cover that is prepared here must still be the one
  // that is there; another is prepared in its turn.
  async #makeCover(productId: number, photo: Photo): Promise<void> {
    if ((await numberOf(this.#db, productId, photo)) === null) return
    const cover = await this.#covers.original(productId)
    const next = await this.#covers.prepare(await this.#photos.blob(photo))
    const last = cover && (await this.#covers.prepare(await this.#covers.blob(cover)))
    const isDone = await this.#db.transaction(async (tx) => {
      const order_index = await numberOf(tx, productId, photo)
      const covers = tx.product.attachment('image')
      const photos = tx.product.attachment('photos')
      if (order_index === null) return true
      const [chosen, now] = await Promise.all([
        photos.original(productId, { order_index }),
        covers.original(productId),
      ])
      if (now?.sha256 !== cover?.sha256) return false
      await covers.attach(productId, next, { alt: chosen?.alt ?? '' })
      if (!last) await photos.remove(productId, { order_index })
      else await photos.attach(productId, last, { alt: now?.alt ?? '', order_index })
      return true
    })
    if (!isDone) await this.#makeCover(productId, photo)
  }

  get #covers() {
    return this.#db.product.attachment('image')
  }

  get #photos() {
    return this.#db.product.attachment('photos')
  }

  get #ofItems() {
    return this.#db.product_item.attachment('image_url')
  }
}

// The number that the photo has now; null when it is gone.
async function numberOf(
  db: Pick<Transaction, 'product_photo'>,
  product_id: number,
  photo: Photo,
): Promise<number | null> {
  const select = ['order_index', 'created_at', 'sha256'] as const
  const { width, height } = photo
  const there = await db.product_photo.find({ where: { product_id, width, height }, select })
  const same = there.filter((one) => isPhoto(one, photo)).map(({ order_index }) => order_index)
  return same.includes(photo.order_index) ? photo.order_index : (same[0] ?? null)
}

// Whether the cover is still the one that was seen: there is one, so its content tells.
async function isCover(tx: Transaction, productId: number, cover: Picture): Promise<boolean> {
  const now = await tx.product.attachment('image').original(productId)
  return now?.sha256 === cover.sha256
}

async function remove(tx: Transaction, productId: number, place: Place): Promise<void> {
  if ('cover' in place) {
    if (!(await isCover(tx, productId, place.cover))) return
    return void (await tx.product.attachment('image').remove(productId))
  }
  const order_index = await numberOf(tx, productId, place)
  if (order_index === null) return
  await tx.product.attachment('photos').remove(productId, { order_index })
}

async function describe(
  tx: Transaction,
  productId: number,
  place: Place,
  alt: string,
): Promise<void> {
  if ('cover' in place) {
    if (!(await isCover(tx, productId, place.cover))) throw gone(alt)
    return void (await tx.product.attachment('image').alt(productId, alt))
  }
  const order_index = await numberOf(tx, productId, place)
  if (order_index === null) throw gone(alt)
  await tx.product.attachment('photos').alt(productId, alt, { order_index })
}

// Only here can the words still be had, which somebody has typed.
function gone(alt: string): Error {
  const why = 'The picture was removed or replaced meanwhile, so it was not described.'
  return new Error(alt === '' ? why : `${why} You wrote: “${alt}”`)
}

async function move(tx: Transaction, productId: number, photo: Photo, by: number): Promise<void> {
  const photos = tx.product.attachment('photos')
  const rows = await photos.list(productId)
  const order = [...new Set(rows.map(({ order_index }) => order_index))]
  const from = order.indexOf((await numberOf(tx, productId, photo)) ?? -1)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return
  order.splice(to, 0, ...order.splice(from, 1))
  await photos.reorder(productId, order)
}
