// Galleries: the pictures of products, put on, changed and looked at. What is on its way is told in
// the state as it goes.
import type { GalleryChange } from '../catalog/gallery'
import { setsOf } from '../catalog/picture-set'
import type { Action } from './actions'
import type { Core } from './core'
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
  async upload({ productId, files }: Extract<Action, { kind: 'upload' }>): Promise<void> {
    const { shop } = this.#core
    if (!shop) return
    const taken = await this.#uploads.add(productId, files, async (file, progress) => {
      await shop.gallery.add(productId, file, progress)
      await this.#core.guarded(() => this.#core.reload())
    })
    if (taken === 0) return
    this.#core.say(`Added ${countOf(taken, kPicture)}.`)
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

  // Shows a picture of the product's page as large as the screen.
  look(index: number): void {
    const { page } = this.#core.state
    if (page?.view !== 'product') return
    const { image, photos, name } = page.product
    const sets = [...(image.length > 0 ? [image] : []), ...setsOf(photos)]
    if (sets[index]) this.#core.change({ look: { name, sets, index } })
  }
}
