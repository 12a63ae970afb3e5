// Dialogs: the forms and the questions of the back office. A dialog opens at once, so that the keys
// pressed next are its own, and is filled when the catalog has answered. What arrives for a dialog
// that was closed meanwhile is dropped.
import type { Data, ModelName, Removal } from '../catalog/rows'
import type { Shop } from '../catalog/shop'
import type { Outcome } from '../catalog/steps'
import type { Action } from './actions'
import { choicesOf, lookUp, withNamed } from './choices'
import { changeOf } from './conflicts'
import type { Core } from './core'
import { kForms, missingFields, valuesOf, type Values } from './forms'
import { failureWords, saveProblem } from './problems'
import { wholeWindow, type Route } from './route'
import {
  doneNotice,
  type DeleteDialog,
  type Dialog,
  type EditorDialog,
  type ReplaceDialog,
  type State,
} from './state'
import { capitalised, kNouns, removalWords } from './words'

export class Dialogs {
  readonly #core: Core
  #opened = 0
  // What was looked for last, by field.
  readonly #asked = new Map<string, string>()
  // When the form that is open has all it shows.
  #filled: Promise<void> = Promise.resolve()

  constructor(core: Core) {
    this.#core = core
    core.whenChanged(() => void this.#countAnew())
  }

  // Opens the form of a row; without an id that of a new one, with the columns in `preset`.
  edit(model: ModelName, id: number | null, preset: Data): Promise<void> {
    const form = this.#open<EditorDialog>({
      kind: 'editor',
      model,
      id,
      values: id === null ? valuesOf(model, preset) : null,
      loaded: null,
      choices: {},
      fieldErrors: {},
      error: '',
      tries: 0,
    })
    return (this.#filled = this.#fill(form, async (shop) => {
      const values = valuesOf(model, id === null ? preset : await shop.row(model, id))
      const choices = await choicesOf(shop, model, values)
      // What was typed into a new form meanwhile stays.
      this.#update(form, id === null ? { choices } : { values, loaded: values, choices })
    }))
  }

  // Looks for what a field of the form can be chosen from. Only what was asked for last is shown.
  lookUp(field: string, words: string): Promise<void> {
    return this.#core.guarded(async (shop) => {
      const form = this.#core.state.dialog
      if (form?.kind !== 'editor') return
      const source = kForms[form.model].find(({ name }) => name === field)?.from
      if (!source) return
      this.#asked.set(field, words)
      const found = await lookUp(shop, source, words)
      const { dialog } = this.#core.state
      if (dialog?.opened !== form.opened || dialog.kind !== 'editor') return
      const choices = dialog.choices[field]
      if (!choices || this.#asked.get(field) !== words) return
      this.#update(dialog, { choices: { ...dialog.choices, [field]: { ...choices, found } } })
    })
  }

  async save(typed: Values): Promise<void> {
    const form = this.#core.state.dialog
    const { shop } = this.#core
    if (!shop || form?.kind !== 'editor' || form.isBusy) return
    const { model, id } = form
    const tries = form.tries + 1
    // A choice that is not here yet is as it was.
    const values = { ...form.values, ...typed }
    this.#update(form, { values, isBusy: true })
    let outcome: Outcome
    try {
      await this.#filled
      const named = await withNamed(shop, model, values)
      const missing = missingFields(model, named)
      if (Object.keys(missing).length > 0) {
        const said = { fieldErrors: missing, error: '' }
        return this.#update(form, { tries, ...said, isBusy: false })
      }
      const change = await changeOf(shop, form, named)
      if (change.conflicts) {
        const { conflicts, loaded } = change
        const said = { fieldErrors: conflicts, error: '', loaded }
        return this.#update(form, { tries, ...said, isBusy: false })
      }
      outcome = await shop.steps.noting(() => shop.save(model, id, change.data))
    } catch (error) {
      const { fields, general } = saveProblem(error, model, values)
      const said = { fieldErrors: fields, error: general }
      return this.#update(form, { values, tries, ...said, isBusy: false }, () => problem(error))
    }
    const what = `${kNouns[model].one} “${(values['name'] ?? '').trim()}”`
    await this.#changed(form, id === null ? `Added the ${what}.` : `Saved the ${what}.`, outcome)
  }

  askDelete({ model, id, name }: Extract<Action, { kind: 'ask-delete' }>): Promise<void> {
    const question = this.#open<DeleteDialog>({ kind: 'delete', model, id, name, removal: null })
    return this.#count(question)
  }

  // What is asked about is what is there now, whichever tab has changed it.
  async #countAnew(): Promise<void> {
    const { dialog } = this.#core.state
    if (dialog?.kind !== 'delete' || dialog.isBusy) return
    this.#update(dialog, { removal: null })
    await this.#count(dialog)
  }

  #count(question: DeleteDialog): Promise<void> {
    return this.#fill(question, async (shop) => {
      this.#update(question, { removal: await shop.whatWouldGo(question.model, question.id) })
    })
  }

  async delete(): Promise<void> {
    const question = this.#core.state.dialog
    if (question?.kind !== 'delete' || question.isBusy || !question.removal) return
    this.#update(question, { isBusy: true })
    await this.#fill(question, async (shop) => {
      let removal: Removal = {}
      const outcome = await shop.steps.noting(async () => {
        removal = await shop.delete(question.model, question.id)
      })
      const { wanted } = this.#core.state
      // There is no way back to what was deleted.
      if (isOf(wanted.route, question)) {
        this.#core.change({ wanted: { route: wholeWindow, step: 'silent' } })
      }
      await this.#changed(question, `Deleted ${removalWords(removal)}.`, outcome)
    })
  }

  // Asks whether a file may take the place of the shop, which has `counts`.
  askReplace(file: File, counts: Removal | null): void {
    this.#open<ReplaceDialog>({ kind: 'replace', file, counts })
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
  #changed({ opened }: Dialog, words: string, outcome: Outcome): Promise<void> {
    return this.#core.reload({ ...this.#closed(opened), notice: doneNotice(words, outcome) })
  }

  #closed(opened: number): Partial<State> {
    return this.#core.state.dialog?.opened === opened ? { dialog: null } : {}
  }
}

function problem(error: unknown): Partial<State> {
  return { notice: { tone: 'problem', words: capitalised(failureWords(error)) } }
}

// Whether the route is the page of what a delete took.
function isOf(route: Route, { model, id }: DeleteDialog): boolean {
  return route.view === 'product' && model === 'product' && route.id === id
}
