// Gallery: the pictures of a product, its cover, the photos beside it and those of its items, as a
// visitor changes them. Each call is one step: all of it happens, or none.
import { CatalogError, type Catalog } from 'vitrine'

// Which picture: the cover, or the photo with this number.
export type Place = 'cover' | number

// What a visitor does to pictures that are there.
export type GalleryChange =
  | { readonly change: 'remove'; readonly place: Place }
  | { readonly change: 'alt'; readonly place: Place; readonly alt: string }
  | { readonly change: 'reorder'; readonly order: readonly number[] }
  | { readonly change: 'cover'; readonly place: number }

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
    await this.#ofItems.alt(id, alt)
  }

  change(productId: number, change: GalleryChange): Promise<void> {
    switch (change.change) {
      case 'remove':
        return this.#remove(productId, change.place)
      case 'alt':
        return this.#describe(productId, change.place, change.alt)
      case 'reorder':
        return this.#photos.reorder(productId, change.order)
      case 'cover':
        return this.#makeCover(productId, change.place)
    }
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

  async #remove(productId: number, place: Place): Promise<void> {
    if (place === 'cover') await this.#covers.remove(productId)
    else await this.#photos.remove(productId, { order_index: place })
  }

  async #describe(productId: number, place: Place, alt: string): Promise<void> {
    if (place === 'cover') await this.#covers.alt(productId, alt)
    else await this.#photos.alt(productId, alt, { order_index: place })
  }

  // The photo and the cover change places.
  async #makeCover(productId: number, photo: number): Promise<void> {
    const chosen = await this.#photos.original(productId, { order_index: photo })
    if (chosen === null) return
    const cover = await this.#covers.original(productId)
    const next = await this.#covers.prepare(await this.#photos.blob(chosen))
    const last = cover && (await this.#covers.prepare(await this.#covers.blob(cover)))
    await this.#db.transaction(async (tx) => {
      const photos = tx.product.attachment('photos')
      await tx.product.attachment('image').attach(productId, next, { alt: chosen.alt ?? '' })
      if (!last) await photos.remove(productId, { order_index: photo })
      else await photos.attach(productId, last, { alt: cover.alt ?? '', order_index: photo })
    })
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
