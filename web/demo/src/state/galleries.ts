// Galleries: the pictures of products and their items, put on, changed and looked at. What is on
// its way is told in the state as it goes.
import type { GalleryChange, ItemName } from '../catalog/gallery'
import type { Outcome } from '../catalog/steps'
import type { Action } from './actions'
import type { Core } from './core'
import { itemLook, productLook } from './look'
import type { Page } from './page'
import { failureWords } from './problems'
import { doneNotice, type Look, type Notice } from './state'
import { Uploads } from './uploads'
import { countOf, kPicture, notAddedWords } from './words'

type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>
export type GalleryAction = ActionOf<
  | 'upload'
  | 'dismiss-upload'
  | 'gallery'
  | 'remove-item-picture'
  | 'describe-item-picture'
  | 'look'
  | 'look-at-item'
>

const kWords: Readonly<Record<GalleryChange['change'], string>> = {
  remove: 'Removed the picture.',
  alt: 'Saved what the picture shows.',
  move: 'Moved the picture.',
  cover: 'Changed the cover.',
}

export class Galleries {
  readonly #core: Core
  readonly #uploads: Uploads

  constructor(core: Core) {
    this.#core = core
    this.#uploads = new Uploads((uploads) => core.change({ uploads }), failureWords)
  }

  act(action: GalleryAction): void | Promise<void> {
    switch (action.kind) {
      case 'upload':
        return this.#upload(action)
      case 'dismiss-upload':
        return this.#uploads.dismiss(action.id)
      case 'gallery':
        return this.#change(action)
      case 'remove-item-picture':
        return this.#removeFromItem(action.item)
      case 'describe-item-picture':
        return this.#describeOfItem(action)
      case 'look':
        return this.#show(productLook(this.#core.state.page, action.index))
      case 'look-at-item':
        return this.#show(itemLook(this.#core.state.page, action.item))
    }
  }

  // Each picture is shown as soon as it is kept, while the next is on its way.
  async #upload({ productId, item, files }: ActionOf<'upload'>): Promise<void> {
    const { shop } = this.#core
    if (!shop) return
    this.#core.change({ look: null })
    const owner = { productId, itemId: item?.id ?? null }
    const name = item?.name ?? productName(this.#core.state.page, productId) ?? ''
    let step: string | null = null
    const { taken, failed } = await this.#uploads.add(owner, files, async (file, progress) => {
      const add = () =>
        item
          ? shop.gallery.addToItem(item, file, progress)
          : shop.gallery.add(productId, file, progress)
      step = (await shop.steps.noting(add)).step
      await this.#core.guarded(() => this.#core.reload())
    })
    const isHere = productName(this.#core.state.page, productId) !== null
    // Why some could not be added is said in the list of them, by the pictures: elsewhere, here.
    const problem = isHere ? '' : notAddedWords(failed, name)
    if (taken === 0 && problem === '') return
    this.#core.change({ notice: uploadNotice(taken, item, step, problem) })
    await this.#core.guarded(async () => this.#core.change({ storage: await shop.storage() }))
  }

  #change({ productId, change }: ActionOf<'gallery'>): Promise<void> {
    return this.#core.guarded(async (shop) => {
      const outcome = await shop.steps.noting(() => shop.gallery.change(productId, change))
      const isWords = change.change === 'alt'
      const notice = isWords ? describedNotice(outcome) : doneNotice(kWords[change.change], outcome)
      await this.#core.reload({ notice })
    })
  }

  #removeFromItem({ id, name }: ItemName): Promise<void> {
    return this.#core.guarded(async (shop) => {
      const outcome = await shop.steps.noting(() => shop.gallery.removeFromItem(id))
      const notice = doneNotice(`Removed the picture of “${name}”.`, outcome)
      await this.#core.reload({ look: null, notice })
    })
  }

  // The picture stays as large as it is, with its new words.
  async #describeOfItem({ item, alt }: ActionOf<'describe-item-picture'>): Promise<void> {
    await this.#core.guarded(async (shop) => {
      const outcome = await shop.steps.noting(() => shop.gallery.describeOfItem(item.id, alt))
      const notice = describedNotice(outcome)
      await this.#core.reload({ notice })
    })
    // What fails is said there, too: the page's own message lies under it.
    const { look, page, notice } = this.#core.state
    if (look?.item?.id === item.id) this.#show(itemLook(page, item, notice?.words ?? ''))
  }

  #show(look: Look | null): void {
    if (look) this.#core.change({ look })
  }
}

// Words that were there already are kept as well, as by Enter that is pressed twice.
function describedNotice({ step }: Outcome): Notice {
  return { tone: 'done', words: kWords.alt, undo: step }
}

// Each picture is a step of its own: undo is offered where there was one.
function uploadNotice(
  taken: number,
  item: ItemName | undefined,
  step: string | null,
  problem: string,
): Notice {
  const done = item ? `Put a picture on “${item.name}”.` : `Added ${countOf(taken, kPicture)}.`
  const words = [taken > 0 ? done : '', problem].filter((part) => part !== '').join(' ')
  return { tone: problem === '' ? 'done' : 'problem', words, undo: taken === 1 ? step : null }
}

// The name of the product if this is its page; null elsewhere.
function productName(page: Page | null, id: number): string | null {
  return page?.view === 'product' && page.product.id === id ? page.product.name : null
}
