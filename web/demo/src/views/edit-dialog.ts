// <edit-dialog>: the form of a row. Each error stands at its field, and the first one has the
// focus. What was typed is not thrown away by one press of Escape or Back, nor by leaving the page.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { send } from '../state/actions'
import { kForms, type Field, type Values } from '../state/forms'
import type { EditorDialog } from '../state/state'
import { kNouns } from '../state/words'
import { fieldRow } from './field-row'
import { noteUnsaved } from './leaving'
import { ModalView } from './modal-view'
import { define } from './view'

const kUnsaved = 'This is not saved yet. Escape or Back once more throws it away.'

export class EditDialog extends ModalView {
  static override properties = { editor: { attribute: false }, isWarned: { state: true } }
  declare editor: EditorDialog | null
  // Whether it was said, since the last change, that something would be lost.
  declare isWarned: boolean
  #isChanged = false

  constructor() {
    super()
    this.editor = null
    this.isWarned = false
  }

  protected override get isWanted(): boolean {
    return this.editor !== null
  }

  protected override render(): TemplateResult {
    const { editor } = this
    return html`<dialog class="sheet" aria-labelledby="edit-title" @cancel=${this.#onEscape}>
      ${editor ? keyed(editor.opened, this.#form(editor)) : nothing}
    </dialog>`
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('editor') as EditorDialog | null | undefined
    if (changed.has('editor') && this.editor?.opened !== before?.opened) this.#note(false)
    // What has come of a try is said in the place of that.
    if (this.editor && before && this.editor.tries > before.tries) this.isWarned = false
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    // Not behind what is said.
    if (this.isWarned) document.activeElement?.scrollIntoView({ block: 'nearest' })
    const before = changed.get('editor') as EditorDialog | null | undefined
    if (!this.editor || !before) return
    if (this.editor.tries > before.tries) void this.#focus('[aria-invalid="true"]')
    // The fields of a row that was waited for.
    if (this.editor.values && !before.values)
      void this.#focus('.field :is(input, textarea, select)')
  }

  #form(editor: EditorDialog): TemplateResult {
    const { model, id, values, isBusy } = editor
    const title = id === null ? `New ${kNouns[model].one}` : `Edit ${kNouns[model].one}`
    return html`<form novalidate @submit=${this.#onSubmit} @input=${() => this.#note(true)}>
      <h2 id="edit-title" tabindex=${values ? nothing : '-1'} ?autofocus=${!values}>${title}</h2>
      ${
        values
          ? kForms[model].map((field) => this.#field(editor, values, field))
          : html`<p class="quiet">One moment…</p>`
      }
      <p class="form-error" role="alert">${this.isWarned ? kUnsaved : editor.error}</p>
      <p class="sheet-actions">
        <button type="button" @click=${this.cancel}>Cancel</button>
        <button type="submit" class="primary" aria-disabled=${isBusy || !values}>
          ${id === null ? 'Add' : 'Save'}
        </button>
      </p>
    </form>`
  }

  #field(editor: EditorDialog, values: Values, field: Field): TemplateResult {
    return fieldRow(field, {
      value: values[field.name] ?? '',
      error: editor.fieldErrors[field.name] ?? '',
      choices: editor.choices[field.name] ?? null,
    })
  }

  #note(isChanged: boolean): void {
    this.#isChanged = isChanged
    this.isWarned = false
    noteUnsaved(this, isChanged)
  }

  readonly #onEscape = (event: Event): void => {
    // What is being written is not thrown away any more.
    const isAsked = this.#isChanged && !this.isWarned && !this.editor?.isBusy
    if (!isAsked) return this.onCancel(event)
    event.preventDefault()
    this.isWarned = true
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!this.editor?.values) return
    const data = new FormData(event.target as HTMLFormElement)
    const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]))
    send(this, { kind: 'save', values })
  }

  // Some fields are elements of their own, which show a little later what is wrong.
  async #focus(selector: string): Promise<void> {
    const pickers = [...this.querySelectorAll('row-picker')]
    await Promise.all(pickers.map(({ updateComplete }) => updateComplete))
    this.querySelector<HTMLElement>(selector)?.focus()
  }
}

define('edit-dialog', EditDialog)
