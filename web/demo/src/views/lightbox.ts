// <light-box>: one picture of a product as large as the screen, with the ones beside it a key or a
// button away, or the picture of an item, which is described, replaced and removed here.
import { html, nothing, type TemplateResult } from 'lit'
import type { ItemName } from '../catalog/gallery'
import type { Pictures } from '../catalog/pictures'
import { send } from '../state/actions'
import type { Look } from '../state/state'
import { fileChoice } from './file-choice'
import { ModalView } from './modal-view'
import { define } from './view'
import { wordsField } from './words-field'
import './product-picture'

export class LightBox extends ModalView {
  static override properties = { look: { attribute: false }, pictures: { attribute: false } }
  declare look: Look | null
  declare pictures: Pictures | null

  constructor() {
    super()
    this.look = null
    this.pictures = null
  }

  protected override get isWanted(): boolean {
    return this.look !== null
  }

  protected override render(): TemplateResult {
    return html`<dialog
      class="lightbox"
      aria-label="Pictures of ${this.look?.name ?? ''}"
      @cancel=${this.onCancel}
      @keydown=${this.#onKey}
    >
      ${this.look ? this.#picture(this.look) : nothing}
    </dialog>`
  }

  #picture(look: Look): TemplateResult {
    const { sets, index, name, item } = look
    const set = sets[index] ?? []
    const words = set.find(({ original }) => original)?.alt ?? ''
    return html`
      <product-picture
        class="stage whole"
        .set=${set}
        .pictures=${this.pictures}
        .name=${name}
        .width_px=${window.innerWidth}
        .loading=${'eager'}
      ></product-picture>
      <div class="lightbox-foot">
        <p class="lightbox-rest">
          ${item ? this.#words(item, words) : nothing}
          <span role="status">${item ? look.said : statusOf(index, sets.length, words)}</span>
          ${sets.length > 1 ? this.#steps() : nothing} ${item ? this.#changes(look, item) : nothing}
        </p>
        <button type="button" ?autofocus=${item !== null} @click=${this.cancel}>Close</button>
      </div>
    `
  }

  #steps(): TemplateResult {
    return html`<button type="button" @click=${() => this.#step(-1)}>
        <span aria-hidden="true">←</span><span class="hidden">Previous picture</span>
      </button>
      <button type="button" @click=${() => this.#step(1)}>
        <span aria-hidden="true">→</span><span class="hidden">Next picture</span>
      </button>`
  }

  // The field is no place to begin in: a phone would cover the picture with its keys.
  #words(item: ItemName, alt: string): TemplateResult {
    const describe = (text: string) =>
      send(this, { kind: 'describe-item-picture', item, alt: text })
    return wordsField(`What the picture of ${item.name} shows`, alt, describe)
  }

  #changes({ productId }: Look, item: ItemName): TemplateResult {
    const replace = fileChoice('Replace', 'image/*', (file) => ({
      kind: 'upload',
      productId,
      item,
      files: [file],
    }))
    const remove = () => send(this, { kind: 'remove-item-picture', item })
    return html`${replace} <button type="button" class="danger" @click=${remove}>Remove</button>`
  }

  #step(by: number): void {
    if (!this.look || this.look.sets.length < 2) return
    const { index, sets } = this.look
    send(this, { kind: 'look', index: (index + by + sets.length) % sets.length })
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') this.#step(-1)
    if (event.key === 'ArrowRight') this.#step(1)
  }
}

function statusOf(index: number, count: number, words: string): TemplateResult {
  return html`${index + 1} of ${count}${words === '' ? nothing : html`: <bdi>${words}</bdi>`}`
}

define('light-box', LightBox)
