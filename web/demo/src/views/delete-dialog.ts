// <delete-dialog>: what a delete would take with it, before it does.
import { html, nothing, type TemplateResult } from 'lit'
import { send } from '../state/actions'
import type { DeleteDialog as Asked } from '../state/state'
import { kNouns, removalWords } from '../state/words'
import { ModalView } from './modal-view'
import { define } from './view'

export class DeleteDialog extends ModalView {
  static override properties = { asked: { attribute: false } }
  declare asked: Asked | null

  constructor() {
    super()
    this.asked = null
  }

  protected override get isWanted(): boolean {
    return this.asked !== null
  }

  protected override render(): TemplateResult {
    const { asked } = this
    return html`<dialog
      class="sheet"
      role="alertdialog"
      aria-labelledby="delete-title"
      aria-describedby="delete-words"
      @cancel=${this.onCancel}
    >
      ${asked ? this.#question(asked) : nothing}
    </dialog>`
  }

  #question({ model, name, removal, isBusy }: Asked): TemplateResult {
    const words = removal ? `This deletes ${removalWords(removal)}.` : 'Counting what goes with it…'
    return html`
      <h2 id="delete-title">Delete the ${kNouns[model].one} “<bdi>${name}</bdi>”?</h2>
      <p id="delete-words" aria-live="polite">${words}</p>
      <p class="sheet-actions">
        <button type="button" autofocus @click=${this.cancel}>Keep it</button>
        <button
          type="button"
          class="primary danger"
          aria-disabled=${!removal || isBusy}
          @click=${this.#onDelete}
        >
          Delete
        </button>
      </p>
    `
  }

  readonly #onDelete = (): void => send(this, { kind: 'delete' })
}

define('delete-dialog', DeleteDialog)
