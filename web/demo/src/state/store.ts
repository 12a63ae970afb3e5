// The one store: all that the page knows, and the only place that changes it. A view never reads
// the catalog; it is given a state, and sends actions.
import { Pictures } from '../catalog/pictures'
import type { Data, ModelName } from '../catalog/rows'
import { Shop } from '../catalog/shop'
import type { Action } from './actions'
import { dataOf, kForms, missingFields, valuesOf, type Values } from './forms'
import { loadPage } from './page'
import { failureWords, saveProblem } from './problems'
import { wholeWindow, type Route } from './route'
import { openingState, type DeleteDialog, type Notice, type State } from './state'
import { capitalised, kNouns, removalWords } from './words'

// Products or rows on a page before "show more"; enough to fill a large screen.
const kStep = 120

// What ends with a notice of its own: the one before goes as it begins.
const kWrites: readonly Action['kind'][] = ['save', 'delete', 'open-file', 'download']

// How long a browser may take to fetch a download from its URL.
const kDownload_ms = 10_000

export class Store {
  #state: State
  #shop: Shop | null = null
  #limit = kStep
  // Counts the pages asked for: an older one that arrives late is not shown.
  #turn = 0
  readonly #sampleUrl: URL
  readonly #listeners = new Set<(state: State, action: Action) => void>()

  constructor(route: Route, sampleUrl: URL) {
    this.#sampleUrl = sampleUrl
    this.#state = openingState(route)
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
    if (this.#state.notice && kWrites.includes(action.kind)) {
      this.#change({ notice: null })
      this.#tellListeners({ kind: 'dismiss-notice' })
    }
    await this.#carryOut(action)
    this.#tellListeners(action)
  }

  #tellListeners(action: Action): void {
    for (const listener of this.#listeners) listener(this.#state, action)
  }

  #carryOut(action: Action): void | Promise<void> {
    switch (action.kind) {
      case 'go':
        return this.#go(action.route)
      case 'show-more':
        this.#limit += kStep
        return this.#guarded(() => this.#reload({}))
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
      case 'start':
        return this.#open()
      case 'start-unkept':
        return this.#open(true)
      case 'start-sample':
        return this.#fill((shop) => this.#stock(shop))
      case 'start-empty':
        return this.#fill((shop) => shop.empty())
      case 'dismiss-notice':
        return this.#change({ notice: null })
      case 'keep':
        return this.#keep()
      case 'changed':
        return this.#guarded(() => this.#reload({}))
    }
  }

  #change(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part }
  }

  // Loads the page of the current route anew, after `part` has changed.
  async #reload(part: Partial<State>): Promise<void> {
    this.#change(part)
    if (!this.#shop) return
    const turn = ++this.#turn
    const page = await loadPage(this.#shop, this.#state.route, this.#limit)
    // Of pages that were asked for one after the other only the last is shown.
    if (turn === this.#turn) this.#change({ page })
  }

  #go(route: Route): Promise<void> {
    const moves = route.view !== this.#state.route.view
    if (moves) this.#limit = kStep
    return this.#guarded(() =>
      this.#reload({ route, dialog: null, notice: moves ? null : this.#state.notice }),
    )
  }

  #edit(model: ModelName, id: number): Promise<void> {
    return this.#guarded(async (shop) => this.#openEditor(model, id, await shop.row(model, id)))
  }

  #openEditor(model: ModelName, id: number | null, row: Data): Promise<void> {
    return this.#guarded(async (shop) => {
      const sources = kForms[model].flatMap(({ from }) => (from ? [from] : []))
      const choices = await Promise.all(
        sources.map(async (source) => [source, await shop.names(source)] as const),
      )
      this.#change({
        dialog: {
          kind: 'editor',
          model,
          id,
          values: valuesOf(model, row),
          choices: Object.fromEntries(choices),
          fieldErrors: {},
          error: '',
          tries: 0,
        },
      })
    })
  }

  async #save(values: Values): Promise<void> {
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
      await shop.save(model, id, dataOf(model, values))
    } catch (error) {
      const { fields, general } = saveProblem(error, model, values)
      return this.#change({ dialog: { ...again, fieldErrors: fields, error: general } })
    }
    const what = `${kNouns[model].one} “${(values['name'] ?? '').trim()}”`
    await this.#changed(id === null ? `Added the ${what}.` : `Saved the ${what}.`)
  }

  #askDelete({ model, id, name }: Extract<Action, { kind: 'ask-delete' }>): Promise<void> {
    return this.#guarded(async (shop) => {
      const removal = await shop.delete(model, id, true)
      this.#change({ dialog: { kind: 'delete', model, id, name, removal } })
    })
  }

  async #delete(): Promise<void> {
    const { dialog } = this.#state
    if (dialog?.kind !== 'delete') return
    await this.#guarded(async (shop) => {
      const removal = await shop.delete(dialog.model, dialog.id)
      if (isShown(this.#state.route, dialog)) this.#change({ route: wholeWindow })
      await this.#changed(`Deleted ${removalWords(removal)}.`)
    })
  }

  // The shop has changed: shows it, and says so.
  #changed(words: string): Promise<void> {
    const notice: Notice = { tone: 'done', words }
    return this.#reload({ dialog: null, notice })
  }

  #download(): Promise<void> {
    return this.#guarded(async (shop) => {
      const bytes = new Uint8Array(await shop.file())
      saveAs(new Blob([bytes], { type: 'application/vnd.sqlite3' }), 'shop.sqlite')
      this.#tell('Downloaded the whole shop as shop.sqlite.')
    })
  }

  async #openFile(file: File): Promise<void> {
    try {
      this.#shop ??= await Shop.open(false)
      await this.#shop.replace(new Uint8Array(await file.arrayBuffer()))
      await this.#show()
      this.#tell(`Opened “${file.name}”.`)
    } catch (error) {
      const words = `“${file.name}” could not be opened, so nothing has changed.`
      const notice: Notice = { tone: 'problem', words: `${words} ${failureWords(error)}` }
      this.#change({ notice })
    }
  }

  // Opens the shop that this browser keeps; one that is new here gets the sample's goods.
  #open(isUnkept = false): Promise<void> {
    return this.#start(async () => {
      this.#shop ??= await Shop.open(isUnkept)
      if (await this.#shop.isNew()) await this.#stock(this.#shop)
    })
  }

  async #stock(shop: Shop): Promise<void> {
    const response = await fetch(this.#sampleUrl)
    if (!response.ok) {
      throw new Error(`The sample shop is not at ${this.#sampleUrl} (status ${response.status}).`)
    }
    await shop.replace(new Uint8Array(await response.arrayBuffer()))
  }

  // Fills the shop that is open, or opens it first.
  #fill(fill: (shop: Shop) => Promise<void>): Promise<void> {
    return this.#start(async () => fill((this.#shop ??= await Shop.open(false))))
  }

  // Shows the shop after `ready`; what fails leaves the page without one.
  async #start(ready: () => Promise<void>): Promise<void> {
    try {
      await ready()
      await this.#show()
    } catch (error) {
      this.#change({ phase: 'failed', failure: failureWords(error) })
    }
  }

  // The views let go of the old pictures when they are rendered with the new ones.
  async #show(): Promise<void> {
    const shop = this.#shop
    if (!shop) return
    const old = this.#state.pictures
    const storage = await shop.storage()
    await this.#reload({ phase: 'ready', pictures: new Pictures(shop), dialog: null, storage })
    old?.close()
  }

  async #keep(): Promise<void> {
    await this.#guarded(async (shop) => {
      const isKept = await shop.keep()
      this.#change({ storage: await shop.storage() })
      this.#tell(
        isKept
          ? 'The browser keeps this shop, even when it needs room.'
          : 'The browser does not promise to keep it yet. Visit more often, or download the shop.',
      )
    })
  }

  #tell(words: string): void {
    this.#change({ notice: { tone: 'done', words } })
  }

  // Runs `work` on the open shop; a failure becomes a notice.
  async #guarded(work: (shop: Shop) => Promise<void>): Promise<void> {
    if (!this.#shop) return
    try {
      await work(this.#shop)
    } catch (error) {
      const notice: Notice = { tone: 'problem', words: capitalised(failureWords(error)) }
      await this.#reload({ dialog: null, notice })
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
