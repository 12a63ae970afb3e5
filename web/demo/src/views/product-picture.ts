// <product-picture>: a product's picture on a ground of its own colour, which is all there is until
// it has arrived, or the first letter of the product's name where there is none. Of a picture's
// sizes it shows the smallest that is sharp, and holds its object URL as long as it is in the
// document.
import { html, nothing, type TemplateResult } from 'lit'
import { sharpFor } from '../catalog/picture-set'
import type { Pictures } from '../catalog/pictures'
import type { Picture } from '../catalog/rows'
import { define, View } from './view'

// Ink that stands for a picture without a colour.
const kPlainColor = '#b08d6a'

// Formats of photos, which fill their place; a cut-out stands in it.
const kPhotoTypes = ['image/jpeg', 'image/avif']

interface Held {
  readonly pictures: Pictures
  readonly sha256: string
  // null as long as the content is not here, or when the shop lacks it.
  url: string | null
  isMissing: boolean
}

export class ProductPicture extends View {
  static override properties = {
    set: { attribute: false },
    width_px: { attribute: false },
    pictures: { attribute: false },
    name: { attribute: false },
    loading: { attribute: false },
  }
  // The original and its thumbnails; none for a product without a picture.
  declare set: readonly Picture[]
  // How wide it stands on the page, in CSS pixels.
  declare width_px: number
  declare pictures: Pictures | null
  declare name: string
  declare loading: 'lazy' | 'eager'
  #held: Held | null = null
  // The original: what the words and the proportions are of.
  #shown: Picture | null = null

  constructor() {
    super()
    this.set = []
    this.width_px = 240
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
    const sharp = sharpFor(this.set, this.width_px, devicePixelRatio)
    this.#hold(this.isConnected ? (sharp?.sha256 ?? null) : null)
    this.#shown = this.set.find(({ original }) => original) ?? sharp
    this.style.setProperty('--tint', this.#shown?.dominant_color ?? kPlainColor)
  }

  protected override render(): TemplateResult | typeof nothing {
    const url = this.#held?.url
    const shown = this.#shown
    if (!shown || !url) {
      if (!this.#isWithout) return nothing
      return html`<span class="letter" aria-hidden="true">${this.name.charAt(0)}</span>`
    }
    return html`<img
      src=${url}
      alt=${shown.alt ?? ''}
      width=${shown.width}
      height=${shown.height}
      loading=${this.loading}
      decoding="async"
    />`
  }

  protected override updated(): void {
    this.classList.toggle('without-picture', this.#isWithout)
    this.classList.toggle('photo', kPhotoTypes.includes(this.#shown?.mimetype ?? ''))
  }

  // Whether there is no picture, as far as is known.
  get #isWithout(): boolean {
    return this.#held?.isMissing ?? true
  }

  // Lets go of the content held, unless it is the one wanted, and takes hold of that.
  #hold(sha256: string | null): void {
    const held = this.#held
    if (held && held.sha256 === sha256 && held.pictures === this.pictures) return
    held?.pictures.release(held.sha256)
    const pictures = this.pictures
    this.#held = sha256 && pictures ? this.#take(pictures, sha256) : null
  }

  // What was shown before comes at once; what was not, when it has arrived.
  #take(pictures: Pictures, sha256: string): Held {
    const taken: Held = { pictures, sha256, url: pictures.ready(sha256), isMissing: false }
    void pictures.acquire(sha256).then((url) => {
      if (this.#held !== taken || (url !== null && taken.url === url)) return
      taken.url = url
      taken.isMissing = url === null
      this.requestUpdate()
    })
    return taken
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'product-picture': ProductPicture
  }
}

define('product-picture', ProductPicture)
