// The one store: all that the page knows, and the only place that changes it. A view never reads
// the catalog; it is given a state, and sends actions.
import { Pictures } from '../catalog/pictures'
import type { Data, ModelName, Removal } from '../catalog/rows'
import { Shop } from '../catalog/shop'
import type { Action } from './actions'
import { dataOf, kForms, missingFields, valuesOf, type Values } from './forms'
import { loadPage, type Page } from './page'
import { failureWords, saveProblem } from './problems'
import { wholeWindow, type Route } from './route'
import { capitalised, kNouns, removalWords } from './words'

// Products or rows on a page before "show more"; enough to fill a large screen.
const kStep = 120

// How long a browser may take to fetch a download from its URL.
const kDownload_ms = 10_000

export type Choices = Readonly<
  Record<string, readonly { readonly id: number; readonly name: string }[]>
>

export interface EditorDialog {
  readonly kind: 'editor'
  readonly model: ModelName
  // null for a new row.
  readonly id: number | null
  readonly values: Values
  readonly choices: Choices
  readonly fieldErrors: Values
  readonly error: string
  // Grows with every try, so that the form moves the focus to the first error again.
  readonly tries: number
}
export interface DeleteDialog {
  readonly kind: 'delete'
  readonly model: ModelName
  readonly id: number
  readonly name: string
  readonly removal: Removal
}
export type Dialog = EditorDialog | DeleteDialog

export interface Notice {
  readonly tone: 'done' | 'problem'
  readonly words: string
}

export interface State {
  readonly phase: 'loading' | 'ready' | 'failed'
  // Why the shop could not be opened, while the phase is `failed`.
  readonly failure: string
  readonly route: Route
  // null until the shop is open.
  readonly page: Page | null
  readonly pictures: Pictures | null
  readonly dialog: Dialog | null
  readonly notice: Notice | null
  // Changes that are in no file yet.
  readonly unsaved: number
}

export class Store {
  #state: State
  #shop: Shop | null = null
  #limit = kStep
  readonly #sampleUrl: URL
  readonly #listeners = new Set<(state: State, action: Action) => void>()

  constructor(route: Route, sampleUrl: URL) {
    this.#sampleUrl = sampleUrl
    this.#state = {
      phase: 'loading',
      failure: '',
      route,
      page: null,
      pictures: null,
      dialog: null,
      notice: null,
      unsaved: 0,
    }
  }

  get state(): State {
    return this.#state
  }

  // Calls `listener` after every action that was carried out.
  subscribe(listener: (state: State, action: Action) => void): void {
    this.#listeners.add(listener)
  }

  // Carries out an action. What fails is told in the state; nothing is thrown.
  async act(action: Action): Promise<void> {
    await this.#carryOut(action)
    for (const listener of this.#listeners) listener(this.#state, action)
  }

  #carryOut(action: Action): void | Promise<void> {
    switch (action.kind) {
      case 'go':
        return this.#go(action.route)
      case 'show-more':
        this.#limit += kStep
        return this.#reload({})
      case 'edit':
        return this.#edit(action.model, action.id)
      case 'add':
        return this.#openEditor(action.model, null, action.preset)
      case 'save':
        return this.#save(action.values)
      case 'ask-delete':
        return this.#askDelete(action)
      case 'delete':
        return this.#delete()
      case 'close-dialog':
        return this.#change({ dialog: null })
      case 'download':
        return this.#download()
      case 'open-file':
        return this.#openFile(action.file)
      case 'start-sample':
        return this.#startSample()
      case 'start-empty':
        return this.#start(async () => this.#use(await Shop.open()))
      case 'dismiss-notice':
        return this.#change({ notice: null })
    }
  }

  #change(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part }
  }

  // Loads the page of the current route anew, after `part` has changed.
  #reload(part: Partial<State>): void {
    this.#change(part)
    if (this.#shop) {
      this.#change({ page: loadPage(this.#shop, this.#state.route, this.#limit) })
    }
  }

  #go(route: Route): void {
    const moves = route.view !== this.#state.route.view
    if (moves) this.#limit = kStep
    this.#reload({ route, dialog: null, notice: moves ? null : this.#state.notice })
  }

  #edit(model: ModelName, id: number): void {
    this.#guarded((shop) => this.#openEditor(model, id, shop.row(model, id)))
  }

  #openEditor(model: ModelName, id: number | null, row: Data): void {
    this.#guarded((shop) => {
      const sources = kForms[model].flatMap(({ from }) => (from ? [from] : []))
      this.#change({
        dialog: {
          kind: 'editor',
          model,
          id,
          values: valuesOf(model, row),
          choices: Object.fromEntries(sources.map((source) => [source, shop.names(source)])),
          fieldErrors: {},
          error: '',
          tries: 0,
        },
      })
    })
  }

  #save(values: Values): void {
    const { dialog } = this.#state
    const shop = this.#shop
    if (!shop || dialog?.kind !== 'editor') return
    const { model, id } = dialog
    const again = { ...dialog, values, tries: dialog.tries + 1 }
    const missing = missingFields(model, values)
    if (Object.keys(missing).length > 0) {
      return this.#change({ dialog: { ...again, fieldErrors: missing, error: '' } })
    }
    try {
      shop.save(model, id, dataOf(model, values))
    } catch (error) {
      const { fields, general } = saveProblem(error, model, values)
      return this.#change({ dialog: { ...again, fieldErrors: fields, error: general } })
    }
    const what = `${kNouns[model].one} “${(values['name'] ?? '').trim()}”`
    this.#changed(id === null ? `Added the ${what}.` : `Saved the ${what}.`)
  }

  #askDelete({ model, id, name }: Extract<Action, { kind: 'ask-delete' }>): void {
    this.#guarded((shop) => {
      const removal = shop.delete(model, id, true)
      this.#change({ dialog: { kind: 'delete', model, id, name, removal } })
    })
  }

  #delete(): void {
    const { dialog } = this.#state
    if (dialog?.kind !== 'delete') return
    this.#guarded((shop) => {
      const removal = shop.delete(dialog.model, dialog.id)
      if (isShown(this.#state.route, dialog)) this.#change({ route: wholeWindow })
      this.#changed(`Deleted ${removalWords(removal)}.`)
    })
  }

  // The shop has changed: shows it, and says so.
  #changed(words: string): void {
    const notice: Notice = { tone: 'done', words }
    this.#reload({ dialog: null, notice, unsaved: this.#state.unsaved + 1 })
  }

  #download(): void {
    this.#guarded((shop) => {
      const file = new Blob([new Uint8Array(shop.file())], { type: 'application/vnd.sqlite3' })
      saveAs(file, 'shop.sqlite')
      this.#change({
        unsaved: 0,
        notice: { tone: 'done', words: 'Downloaded the whole shop as shop.sqlite.' },
      })
    })
  }

  async #openFile(file: File): Promise<void> {
    try {
      this.#use(await Shop.open(new Uint8Array(await file.arrayBuffer())))
      this.#change({ notice: { tone: 'done', words: `Opened “${file.name}”.` } })
    } catch (error) {
      const words = `“${file.name}” could not be opened, so nothing has changed.`
      const notice: Notice = { tone: 'problem', words: `${words} ${failureWords(error)}` }
      this.#change({ notice })
    }
  }

  async #startSample(): Promise<void> {
    await this.#start(async () => {
      const response = await fetch(this.#sampleUrl)
      if (!response.ok) {
        throw new Error(`The sample shop is not at ${this.#sampleUrl} (status ${response.status}).`)
      }
      this.#use(await Shop.open(new Uint8Array(await response.arrayBuffer())))
    })
  }

  async #start(open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } catch (error) {
      this.#change({ phase: 'failed', failure: failureWords(error) })
    }
  }

  // Shows another shop in place of the one that was open. The views let go of the old pictures when
  // they are rendered with the new ones.
  #use(shop: Shop): void {
    const before = this.#state
    const old = this.#shop
    this.#shop = shop
    try {
      this.#reload({ phase: 'ready', pictures: new Pictures(shop), dialog: null, unsaved: 0 })
    } catch (error) {
      this.#shop = old
      this.#state = before
      shop.close()
      throw error
    }
    before.pictures?.close()
    old?.close()
  }

  // Runs `work` on the open shop; a failure becomes a notice.
  #guarded(work: (shop: Shop) => void): void {
    if (!this.#shop) return
    try {
      work(this.#shop)
    } catch (error) {
      this.#reload({
        dialog: null,
        notice: { tone: 'problem', words: capitalised(failureWords(error)) },
      })
    }
  }
}

// Whether the view is the page of what a delete took.
function isShown(route: Route, { model, id }: DeleteDialog): boolean {
  return route.view === 'product' && model === 'product' && route.id === id
}

// Hands `file` to the browser as a download.
function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), kDownload_ms)
}
