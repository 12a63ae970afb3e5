// The one store: carries out what a visitor does. A view never reads the catalog; it is given a
// state, and sends actions.
import type { FileKind, Shop } from '../catalog/shop'
import type { Place } from '../catalog/steps'
import { isWrite, type Action } from './actions'
import { Core, kStep } from './core'
import { Dialogs } from './dialogs'
import { Galleries } from './galleries'
import { Opening } from './opening'
import type { Route } from './route'
import { nextVisit, type Notice, type State } from './state'
import { placeWords } from './words'

// What the visitor's computer calls what it is handed.
const kFileNames: Readonly<Record<FileKind, string>> = {
  sqlite: 'shop.sqlite',
  json: 'shop.zip',
  csv: 'shop-csv.zip',
}

// Why what a message speaks of was not taken back.
const kNotTakenBack: Readonly<Record<Exclude<Place, 'last'>, string>> = {
  behind:
    'Something newer was changed since, here or in another tab, so nothing was taken back. ' +
    'Ctrl+Z takes the newest change back first.',
  undone: 'This was taken back already.',
  gone: 'This cannot be taken back any more.',
}

// A quick answer needs no word before it; after this long a visitor wonders.
const kMoment_ms = 300

// Changes that show nothing until they are there.
const kQuiet: readonly Action['kind'][] = [
  'gallery',
  'remove-item-picture',
  'describe-item-picture',
  'undo',
  'redo',
]

// How long a browser may take to fetch a download from its URL.
const kDownload_ms = 10_000

// What is done with files.
type FileKinds =
  'download' | 'open-file' | 'replace-shop' | 'put-back' | 'import-archive' | 'misplace'
type FileAction = Extract<Action, { readonly kind: FileKinds }>

export class Store {
  readonly #core: Core
  readonly #dialogs: Dialogs
  readonly #galleries: Galleries
  readonly #opening: Opening

  // `rows` is how many the view had when it was left, if it was here before.
  constructor(route: Route, sampleUrl: URL, rows: number) {
    this.#core = new Core(route)
    this.#core.limit = Math.max(kStep, rows)
    this.#dialogs = new Dialogs(this.#core)
    this.#galleries = new Galleries(this.#core)
    this.#opening = new Opening(this.#core, sampleUrl)
  }

  get state(): State {
    return this.#core.state
  }

  // Calls `listener` after every change.
  subscribe(listener: (state: State) => void): void {
    this.#core.subscribe(listener)
  }

  // Carries out an action; ends when all of it is shown. What fails is told in the state; nothing
  // is thrown.
  async act(action: Action): Promise<void> {
    if (this.state.notice && isWrite(action)) this.#core.change({ notice: null })
    const work = this.#carryOut(action)
    await (kQuiet.includes(action.kind) ? this.#announced(work) : work)
  }

  // Where it takes longer than a moment it is said that it is on its way, until it is done.
  async #announced(work: void | Promise<void>): Promise<void> {
    const core = this.#core
    const said: Notice = { tone: 'work', words: 'One moment…' }
    const timer = setTimeout(() => {
      if (!core.state.notice) core.change({ notice: said })
    }, kMoment_ms)
    await work
    clearTimeout(timer)
    if (core.state.notice === said) core.change({ notice: null })
  }

  #carryOut(action: Action): void | Promise<void> {
    const core = this.#core
    switch (action.kind) {
      case 'go':
        return this.#go(action)
      case 'show-more':
        core.limit += kStep
        return core.guarded(() => core.reload())
      case 'edit':
        return this.#dialogs.edit(action.model, action.id, {})
      case 'add':
        return this.#dialogs.edit(action.model, null, action.preset)
      case 'save':
        return this.#dialogs.save(action.values)
      case 'look-up':
        return this.#dialogs.lookUp(action.field, action.words)
      case 'ask-delete':
        return this.#dialogs.askDelete(action)
      case 'delete':
        return this.#dialogs.delete()
      case 'close-dialog':
        core.change({ look: null })
        return this.#dialogs.close()
      case 'upload':
      case 'dismiss-upload':
      case 'gallery':
      case 'remove-item-picture':
      case 'describe-item-picture':
      case 'look':
      case 'look-at-item':
        return this.#galleries.act(action)
      case 'download':
      case 'open-file':
      case 'replace-shop':
      case 'put-back':
      case 'import-archive':
      case 'misplace':
        return this.#handle(action)
      case 'start':
        return this.#opening.open()
      case 'start-unkept':
        return this.#opening.openUnkept()
      case 'start-empty':
        return this.#opening.openEmpty()
      case 'dismiss-notice':
        return core.change({ notice: null })
      case 'undo':
        return action.step === undefined ? this.#step('undo') : this.#takeBack(action.step)
      case 'redo':
        return this.#step('redo')
      case 'keep':
        return this.#keep()
      case 'stop':
        return core.stop()
      case 'changed':
        return core.guarded(() => core.reload())
    }
  }

  #handle(action: FileAction): void | Promise<void> {
    switch (action.kind) {
      case 'download':
        return this.#download(action.file)
      case 'open-file':
        return this.#askReplace(action.file)
      case 'replace-shop':
        return this.#replace()
      case 'put-back':
        return this.#opening.putBack(action.copy)
      case 'import-archive':
        return this.#opening.importArchive(action.file)
      case 'misplace': {
        const words = placeWords(action.files)
        return this.#core.change({ notice: { tone: 'problem', words } })
      }
    }
  }

  // The view is wanted at once and shown when its page is here.
  #go({ route, step = 'forward', rows }: Extract<Action, { kind: 'go' }>): Promise<void> {
    const core = this.#core
    const moves = route.view !== this.state.wanted.route.view
    if (moves || rows !== undefined) core.limit = Math.max(kStep, rows ?? 0)
    const wanted = nextVisit(this.state, { route, step })
    core.change({ wanted, dialog: null, look: null, ...(moves ? { notice: null } : {}) })
    return core.guarded(
      () => core.reload(),
      // The page stays where it is, unless the visitor has gone on meanwhile.
      () => (this.state.wanted === wanted ? { wanted: this.state.shown ?? wanted } : {}),
    )
  }

  // Where there is nothing to lose nothing is asked.
  async #askReplace(file: File): Promise<void> {
    if (this.state.work) return
    const counts = await this.#opening.counts()
    const isEmpty = counts !== null && Object.values(counts).every((count) => count === 0)
    if (isEmpty) return this.#opening.openFile(file)
    this.#dialogs.askReplace(file, counts)
  }

  #replace(): void | Promise<void> {
    const { dialog, work } = this.state
    if (dialog?.kind !== 'replace' || work) return
    this.#dialogs.close()
    return this.#opening.openFile(dialog.file)
  }

  #download(kind: FileKind): Promise<void> {
    const core = this.#core
    const pack = async (shop: Shop) => {
      const name = kFileNames[kind]
      saveAs(await shop.file(kind), name)
      core.say(`Downloaded the whole shop as ${name}.`)
    }
    return core.busily('Packing the shop…', () => core.guarded(pack))
  }

  // What cannot be taken back is said by the catalog.
  #step(way: 'undo' | 'redo'): Promise<void> {
    return this.#core.guarded(async (shop) => {
      await shop.step(way)
      const words = way === 'undo' ? 'Taken back.' : 'Done again.'
      await this.#core.reload({ notice: { tone: 'done', words } })
    })
  }

  // Takes back what a message speaks of, and nothing that was done since.
  #takeBack(step: string): Promise<void> {
    return this.#core.guarded(async (shop) => {
      const place = await shop.steps.takeBack(step)
      const notice: Notice =
        place === 'last'
          ? { tone: 'done', words: 'Taken back.' }
          : { tone: 'problem', words: kNotTakenBack[place] }
      await this.#core.reload({ notice })
    })
  }

  #keep(): Promise<void> {
    return this.#core.guarded(async (shop) => {
      const isKept = await shop.keep()
      this.#core.change({ storage: await shop.storage() })
      this.#core.say(
        isKept
          ? 'The browser keeps this shop, even when it needs room.'
          : 'The browser does not promise to keep it yet. Visit more often, or download the shop.',
      )
    })
  }
}

// Hands `file` to the browser as a download.
function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), kDownload_ms)
}
