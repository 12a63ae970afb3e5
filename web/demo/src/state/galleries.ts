// Galleries: the pictures of products and their items, put on, changed and looked at. What is on
// its way is told in the state as it goes.
import type { GalleryChange, ItemName } from '../catalog/gallery'
import { setsOf } from '../catalog/picture-set'
import type { Action } from './actions'
import type { Core } from './core'
import type { Look, Notice } from './state'
import { failureWords } from './problems'
import { Uploads } from './uploads'
import { countOf, kPicture } from './words'

const kWords: Readonly<Record<GalleryChange['change'], string>> = {
  remove: 'Removed the picture.',
  alt: 'Saved what the picture shows.',
  reorder: 'Moved the picture.',
  cover: 'Changed the cover.',
}

export class Galleries {
  readonly #core: Core
  readonly #uploads: Uploads

  constructor(core: Core) {
    this.#core = core
    this.#uploads = new Uploads((uploads) => core.change({ uploads }), failureWords)
  }

  // Each picture is shown as soon as it is kept, while the next is on its way.
  async upload({ productId, item, files }: Extract<Action, { kind: 'upload' }>): Promise<void> {
    const { shop } = this.#core
    if (!shop) return
    this.#core.change({ look: null })
    const owner = { productId, itemId: item?.id ?? null }
    const taken = await this.#uploads.add(owner, files, async (file, progress) => {
      if (item) await shop.gallery.addToItem(item, file, progress)
      else await shop.gallery.add(productId, file, progress)
      await this.#core.guarded(() => this.#core.reload())
    })
    if (taken === 0) return
    this.#core.change({ notice: addedNotice(taken, item) })
    await this.#core.guarded(async () => this.#core.change({ storage: await shop.storage() }))
  }

  // Gives a picture on its way up, or takes the word about its failure away.
  dismiss(id: number): void {
    this.#uploads.dismiss(id)
  }

  change({ productId, change }: Extract<Action, { kind: 'gallery' }>): Promise<void> {
    return this.#core.guarded(async (shop) => {
      await shop.gallery.change(productId, change)
      const words = kWords[change.change]
      await this.#core.reload({ notice: { tone: 'done', words, canUndo: true } })
    })
  }

  removeFromItem({ id, name }: ItemName): Promise<void> {
    return this.#core.guarded(async (shop) => {
      await shop.gallery.removeFromItem(id)
      const words = `Removed the picture of “${name}”.`
      await this.#core.reload({ look: null, notice: { tone: 'done', words, canUndo: true } })
    })
  }

  // The picture stays as large as it is, with its new words.
  describeOfItem(action: Extract<Action, { kind: 'describe-item-picture' }>): Promise<void> {
    const { item, alt } = action
    return this.#core.guarded(async (shop) => {
      await shop.gallery.describeOfItem(item.id, alt)
      await this.#core.reload({ notice: { tone: 'done', words: kWords.alt, canUndo: true } })
      if (this.#core.state.look?.item?.id === item.id) this.lookAtItem(item, kWords.alt)
    })
  }

  // Shows a picture of the product's page as large as the screen.
  look(index: number): void {
    const { page } = this.#core.state
    if (page?.view !== 'product') return
    const { image, photos, id, name } = page.product
    const sets = [...(image.length > 0 ? [image] : []), ...setsOf(photos)]
    this.#show({ productId: id, item: null, name, sets, index, said: '' })
  }

  // The same for the picture of an item on it; `said` is told beside it.
  lookAtItem({ id, name }: ItemName, said = ''): void {
    const { page } = this.#core.state
    if (page?.view !== 'product') return
    const set = page.product.product_items.find((item) => item.id === id)?.image_url ?? []
    if (set.length === 0) return
    const item = { id, name }
    this.#show({ productId: page.product.id, item, name, sets: [set], index: 0, said })
  }

  #show(look: Look): void {
    if (look.sets[look.index]) this.#core.change({ look })
  }
}

// Undo takes the last step back, so it is offered where there was one.
function addedNotice(taken: number, item: ItemName | undefined): Notice {
  const words = item ? `Put a picture on “${item.name}”.` : `Added ${countOf(taken, kPicture)}.`
  return { tone: 'done', words, canUndo: taken === 1 }
}
