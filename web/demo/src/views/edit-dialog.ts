// <edit-dialog>: the form of a row. Each error stands at its field, and the first one has the
// focus.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { send } from '../state/actions'
import { kForms, type Field } from '../state/forms'
import type { EditorDialog } from '../state/store'
import { kNouns } from '../state/words'
import { fieldRow } from './field-row'
import { ModalView } from './modal-view'
import { define } from './view'

export class EditDialog extends ModalView {
  static override properties = { editor: { attribute: false } }
  declare editor: EditorDialog | null
  // Counts the forms opened: each gets fresh inputs, without what was typed into the last.
  #opened = 0

  constructor() {
    super()
    this.editor = null
  }

  protected override get isWanted(): boolean {
    return this.editor !== null
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('editor') && !changed.get('editor')) this.#opened += 1
  }

  protected override render(): TemplateResult {
    const { editor } = this
    return html`<dialog class="sheet" aria-labelledby="edit-title" @cancel=${this.onCancel}>
      ${editor ? keyed(this.#opened, this.#form(editor)) : nothing}
    </dialog>`
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const before = changed.get('editor') as EditorDialog | null | undefined
    if (this.editor && before && this.editor.tries > before.tries) this.#focusFirstError()
  }

  #form(editor: EditorDialog): TemplateResult {
    const { model, id } = editor
    const title = id === null ? `New ${kNouns[model].one}` : `Edit ${kNouns[model].one}`
    return html`<form novalidate @submit=${this.#onSubmit}>
      <h2 id="edit-title">${title}</h2>
      <p class="form-error" role="alert">${editor.error}</p>
      ${kForms[model].map((field) => this.#field(editor, field))}
      <p class="sheet-actions">
        <button type="button" @click=${this.cancel}>Cancel</button>
        <button type="submit" class="primary">${id === null ? 'Add' : 'Save'}</button>
      </p>
    </form>`
  }

  #field(editor: EditorDialog, field: Field): TemplateResult {
    return fieldRow(field, {
      value: editor.values[field.name] ?? '',
      error: editor.fieldErrors[field.name] ?? '',
      choices: field.from ? (editor.choices[field.from] ?? []) : [],
    })
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]))
    send(this, { kind: 'save', values })
  }

  #focusFirstError(): void {
    this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
}

define('edit-dialog', EditDialog)
