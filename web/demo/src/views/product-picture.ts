// <product-picture>: a product's picture on a ground of its own colour, or the first letter of its
// name where there is none. Holds its object URL as long as it is in the document.
import { html, type TemplateResult } from 'lit'
import type { Pictures } from '../catalog/pictures'
import type { Picture } from '../catalog/rows'
import { define, View } from './view'

// Ink that stands for a picture without a colour.
const kPlainColor = '#b08d6a'

interface Held {
  readonly pictures: Pictures
  readonly sha256: string
  readonly url: string | null
}

export class ProductPicture extends View {
  static override properties = {
    picture: { attribute: false },
    pictures: { attribute: false },
    name: { attribute: false },
    loading: { attribute: false },
  }
  declare picture: Picture | null
  declare pictures: Pictures | null
  declare name: string
  declare loading: 'lazy' | 'eager'
  #held: Held | null = null

  constructor() {
    super()
    this.picture = null
    this.pictures = null
    this.name = ''
    this.loading = 'lazy'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#hold(null)
  }

  protected override willUpdate(): void {
    this.#hold(this.isConnected ? (this.picture?.sha256 ?? null) : null)
    this.style.setProperty('--tint', this.picture?.dominant_color ?? kPlainColor)
  }

  protected override render(): TemplateResult {
    const url = this.#held?.url
    if (!this.picture || !url) {
      return html`<span class="letter" aria-hidden="true">${this.name.charAt(0)}</span>`
    }
    return html`<img
      src=${url}
      alt=${this.picture.alt ?? ''}
      width=${this.picture.width}
      height=${this.picture.height}
      loading=${this.loading}
      decoding="async"
    />`
  }

  protected override updated(): void {
    this.classList.toggle('without-picture', !this.#held?.url)
  }

  // Lets go of the content held, unless it is the one wanted, and takes hold of that.
  #hold(sha256: string | null): void {
    const held = this.#held
    if (held && held.sha256 === sha256 && held.pictures === this.pictures) return
    held?.pictures.release(held.sha256)
    const pictures = this.pictures
    this.#held = sha256 && pictures ? { pictures, sha256, url: pictures.acquire(sha256) } : null
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'product-picture': ProductPicture
  }
}

define('product-picture', ProductPicture)
