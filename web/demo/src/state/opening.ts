// Opening: how the page comes by its shop: the one this browser keeps, a file of the visitor's, the
// sample, or an empty one.
import { CatalogError } from 'vitrine'
import type { Progress } from '../catalog/gallery'
import { Pictures } from '../catalog/pictures'
import type { Removal } from '../catalog/rows'
import { Shop } from '../catalog/shop'
import type { Core } from './core'
import { failureWords } from './problems'
import type { Notice } from './state'
import { countOf, kRow } from './words'

// The name of the lock under which a new shop gets the sample's goods: one tab does it.
const kStockLock = 'vitrine-shop-stocks'

const kNotPutBack =
  'Something was changed since, here or in another tab, so the shop stays as it is.'

export class Opening {
  readonly #core: Core
  readonly #sampleUrl: URL

  constructor(core: Core, sampleUrl: URL) {
    this.#core = core
    this.#sampleUrl = sampleUrl
  }

  // Opens the shop that this browser keeps; one that is new here gets the sample's goods.
  open(): Promise<void> {
    return this.#start(async () => {
      const shop = await this.#keptShop()
      await navigator.locks.request(kStockLock, () => this.#stockNew(shop))
    })
  }

  // The same with a shop that ends with the tab. What no other tab has needs no lock, which a
  // browser may refuse with all that is kept.
  openUnkept(): Promise<void> {
    return this.#start(async () => this.#stockNew(await this.#unkeptShop()))
  }

  // An empty shop, in place of what could not be had.
  openEmpty(): Promise<void> {
    return this.#start(async () => (await this.#shop()).empty())
  }

  // What the shop has; nothing while none is open, and null where nobody can tell.
  async counts(): Promise<Removal | null> {
    const { shop } = this.#core
    return shop ? shop.counts().catch(() => null) : {}
  }

  openFile(file: File): Promise<void> {
    return this.#core.busily(`Opening “${file.name}”…`, () => this.#replaceWith(file))
  }

  // Puts the shop back that a file took the place of, unless something was changed since.
  putBack(copy: string): Promise<void> {
    const core = this.#core
    const put = async (shop: Shop) => {
      const isBack = await shop.copies.putBack(copy)
      if (isBack) await this.#show({ tone: 'done', words: 'The old shop is back.' })
      else core.change({ notice: { tone: 'problem', words: kNotPutBack } })
    }
    return core.busily('Putting the old shop back…', () => core.guarded(put))
  }

  // Adds what an archive has. What is wrong in it is said by the catalog, with the file's name.
  importArchive(file: File): Promise<void> {
    const core = this.#core
    const take = async (shop: Shop, progress: Progress) => {
      let created = 0
      const { step } = await shop.steps.noting(
        async () => (created = await shop.take(file, progress)),
      )
      const words = `Added ${countOf(created, kRow)} from “${file.name}”.`
      const notice: Notice = { tone: 'done', words, undo: step }
      await core.reload({ notice, storage: await shop.storage() })
    }
    const failed = (error: unknown) => ({ notice: failedNotice(file, 'added', error) })
    return core.busily(`Adding “${file.name}”…`, (progress) =>
      core.guarded((shop) => take(shop, progress), failed),
    )
  }

  async #replaceWith(file: File): Promise<void> {
    try {
      const shop = await this.#shop()
      const bytes = new Uint8Array(await file.arrayBuffer())
      const copy = await shop.copies.noting(() => shop.replace(bytes))
      await this.#show({ tone: 'done', words: `Opened “${file.name}”.`, copy })
    } catch (error) {
      this.#core.change({ notice: failedNotice(file, 'opened', error) })
    }
  }

  // The shop that is open, whichever that is.
  async #shop(): Promise<Shop> {
    return this.#core.shop ?? this.#keptShop()
  }

  async #keptShop(): Promise<Shop> {
    const { shop } = this.#core
    return shop?.isKept ? shop : this.#opened(() => Shop.open())
  }

  async #unkeptShop(): Promise<Shop> {
    const { shop } = this.#core
    return shop && !shop.isKept ? shop : this.#opened(() => Shop.openUnkept())
  }

  // In the place of the one that is open. What any tab changes is shown as it comes.
  async #opened(open: () => Promise<Shop>): Promise<Shop> {
    const core = this.#core
    const last = core.shop
    core.shop = null
    await last?.close()
    const shop = (core.shop = await open())
    shop.onChange(() => void core.guarded(() => core.follow()))
    return shop
  }

  async #stockNew(shop: Shop): Promise<void> {
    if (await shop.isNew()) await this.#stock(shop)
  }

  async #stock(shop: Shop): Promise<void> {
    const response = await fetch(this.#sampleUrl)
    if (!response.ok) {
      throw new Error(`The sample shop is not at ${this.#sampleUrl} (status ${response.status}).`)
    }
    await shop.replace(new Uint8Array(await response.arrayBuffer()))
  }

  // Shows the shop after `ready`; what fails leaves the page without one.
  async #start(ready: () => Promise<void>): Promise<void> {
    this.#core.change({ phase: 'loading' })
    try {
      await ready()
      await this.#show(null)
    } catch (error) {
      this.#core.change({ phase: 'failed', failure: failureWords(error) })
    }
  }

  // The views let go of the old pictures when they are rendered with the new ones.
  async #show(notice: Notice | null): Promise<void> {
    const { shop } = this.#core
    if (!shop) return
    const old = this.#core.state.pictures
    const [storage, pictures] = [await shop.storage(), new Pictures(shop)]
    await this.#core.reload({ phase: 'ready', pictures, dialog: null, storage, notice })
    old?.close()
  }
}

function failedNotice({ name }: File, done: 'opened' | 'added', error: unknown): Notice {
  if (error instanceof CatalogError && error.code === 'ABORTED') {
    return { tone: 'done', words: `Stopped: nothing of “${name}” was ${done}.` }
  }
  const words = `“${name}” could not be ${done}, so nothing has changed.`
  return { tone: 'problem', words: `${words} ${failureWords(error)}` }
}
