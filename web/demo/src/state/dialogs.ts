// Dialogs: the forms and the questions of the back office. A dialog opens at once, so that the keys
// pressed next are its own, and is filled when the catalog has answered. What arrives for a dialog
// that was closed meanwhile is dropped.
import type { Data, ModelName } from '../catalog/rows'
import type { Shop } from '../catalog/shop'
import type { Action } from './actions'
import type { Core } from './core'
import { dataOf, kForms, missingFields, valuesOf, type Values } from './forms'
import { failureWords, saveProblem } from './problems'
import { wholeWindow, type Route } from './route'
import type { Choices, DeleteDialog, Dialog, EditorDialog, Notice, State } from './state'
import { capitalised, kNouns, removalWords } from './words'

export class Dialogs {
  readonly #core: Core
  #opened = 0
  // When the form that is open has all it shows.
  #filled: Promise<void> = Promise.resolve()

  constructor(core: Core) {
    this.#core = core
  }

  // Opens the form of a row; without an id that of a new one, with the columns in `preset`.
  edit(model: ModelName, id: number | null, preset: Data): Promise<void> {
    const form = this.#open<EditorDialog>({
      kind: 'editor',
      model,
      id,
      values: id === null ? valuesOf(model, preset) : null,
      choices: {},
      fieldErrors: {},
      error: '',
      tries: 0,
    })
    return (this.#filled = this.#fill(form, async (shop) => {
      const [row, choices] = await Promise.all([
        id === null ? preset : shop.row(model, id),
        choicesOf(shop, model),
      ])
      this.#update(form, { values: valuesOf(model, row), choices })
    }))
  }

  async save(values: Values): Promise<void> {
    const form = this.#core.state.dialog
    const { shop } = this.#core
    if (!shop || form?.kind !== 'editor' || form.isBusy) return
    const { model, id } = form
    const tries = form.tries + 1
    const missing = missingFields(model, values)
    if (Object.keys(missing).length > 0) {
      return this.#update(form, { values, tries, fieldErrors: missing, error: '' })
    }
    this.#update(form, { values, isBusy: true })
    try {
      await this.#filled
      await shop.save(model, id, dataOf(model, values))
    } catch (error) {
      const { fields, general } = saveProblem(error, model, values)
      const said = { fieldErrors: fields, error: general }
      return this.#update(form, { values, tries, ...said, isBusy: false }, () => problem(error))
    }
    const what = `${kNouns[model].one} “${(values['name'] ?? '').trim()}”`
    await this.#changed(form, id === null ? `Added the ${what}.` : `Saved the ${what}.`)
  }

  askDelete({ model, id, name }: Extract<Action, { kind: 'ask-delete' }>): Promise<void> {
    const question = this.#open<DeleteDialog>({ kind: 'delete', model, id, name, removal: null })
    return this.#fill(question, async (shop) => {
      this.#update(question, { removal: await shop.delete(model, id, true) })
    })
  }

  async delete(): Promise<void> {
    const question = this.#core.state.dialog
    if (question?.kind !== 'delete' || question.isBusy || !question.removal) return
    this.#update(question, { isBusy: true })
    await this.#fill(question, async (shop) => {
      const removal = await shop.delete(question.model, question.id)
      const { wanted } = this.#core.state
      // There is no way back to what was deleted.
      if (isOf(wanted.route, question)) {
        this.#core.change({ wanted: { route: wholeWindow, step: 'silent' } })
      }
      await this.#changed(question, `Deleted ${removalWords(removal)}.`)
    })
  }

  // What is being written cannot be called back any more: then the dialog stays until it is done.
  close(): void {
    if (!this.#core.state.dialog?.isBusy) this.#core.change({ dialog: null })
  }

  #open<D extends Dialog>(dialog: Omit<D, 'opened' | 'isBusy'>): D {
    const opened = { ...dialog, opened: ++this.#opened, isBusy: false } as unknown as D
    this.#core.change({ dialog: opened })
    return opened
  }

  // Changes the dialog while it is open; when it is not, `otherwise` is changed.
  #update<D extends Dialog>(
    { opened }: D,
    part: Partial<D>,
    otherwise: () => Partial<State> = () => ({}),
  ): void {
    const { dialog } = this.#core.state
    if (dialog?.opened === opened) this.#core.change({ dialog: { ...dialog, ...part } as Dialog })
    else this.#core.change(otherwise())
  }

  // What cannot be had closes the dialog and is said.
  #fill({ opened }: Dialog, work: (shop: Shop) => Promise<void>): Promise<void> {
    return this.#core.guarded(work, () => this.#closed(opened))
  }

  // The shop has changed: shows it, and says so.
  #changed({ opened }: Dialog, words: string): Promise<void> {
    const notice: Notice = { tone: 'done', words, canUndo: true }
    return this.#core.reload({ ...this.#closed(opened), notice })
  }

  #closed(opened: number): Partial<State> {
    return this.#core.state.dialog?.opened === opened ? { dialog: null } : {}
  }
}

async function choicesOf(shop: Shop, model: ModelName): Promise<Choices> {
  const sources = kForms[model].flatMap(({ from }) => (from ? [from] : []))
  const named = sources.map(async (source) => [source, await shop.names(source)] as const)
  return Object.fromEntries(await Promise.all(named))
}

function problem(error: unknown): Partial<State> {
  return { notice: { tone: 'problem', words: capitalised(failureWords(error)) } }
}

// Whether the route is the page of what a delete took.
function isOf(route: Route, { model, id }: DeleteDialog): boolean {
  return route.view === 'product' && model === 'product' && route.id === id
}
