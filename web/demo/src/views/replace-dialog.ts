// <replace-dialog>: what a file that is opened takes the place of, before it does, with a way to
// keep that.
import { html, nothing, type TemplateResult } from 'lit'
import { send } from '../state/actions'
import type { ReplaceDialog as Asked } from '../state/state'
import { removalWords } from '../state/words'
import { ModalView } from './modal-view'
import { define } from './view'

export class ReplaceDialog extends ModalView {
  static override properties = {
    asked: { attribute: false },
    said: { attribute: false },
    isBusy: { attribute: false },
  }
  declare asked: Asked | null
  // What is being done or was done about the copy: the page's own message lies under the question.
  declare said: string
  declare isBusy: boolean

  constructor() {
    super()
    this.asked = null
    this.said = ''
    this.isBusy = false
  }

  protected override get isWanted(): boolean {
    return this.asked !== null
  }

  protected override render(): TemplateResult {
    return html`<dialog
      class="sheet"
      role="alertdialog"
      aria-labelledby="replace-title"
      aria-describedby="replace-words"
      @cancel=${this.onCancel}
    >
      ${this.asked ? this.#question(this.asked) : nothing}
    </dialog>`
  }

  #question({ file, counts }: Asked): TemplateResult {
    const what = counts ? `the ${removalWords(counts)} that are here` : 'all that is here'
    return html`
      <h2 id="replace-title">Open “${file.name}” in place of this shop?</h2>
      <p id="replace-words">This replaces ${what}. Download a copy first?</p>
      <p class="quiet" role="status">${this.said}</p>
      <p class="sheet-actions">
        <button type="button" autofocus @click=${this.cancel}>Keep this shop</button>
        <button type="button" aria-disabled=${this.isBusy} @click=${this.#onDownload}>
          Download a copy
        </button>
        <button
          type="button"
          class="primary danger"
          aria-disabled=${this.isBusy}
          @click=${this.#onReplace}
        >
          Replace it
        </button>
      </p>
    `
  }

  readonly #onDownload = (): void => send(this, { kind: 'download', file: 'sqlite' })

  readonly #onReplace = (): void => send(this, { kind: 'replace-shop' })
}

define('replace-dialog', ReplaceDialog)
