// <product-picture>: a product's picture on a ground of its own colour, which is all there is until
// it has arrived, or the first letter of the product's name where there is none. Of a picture's
// sizes it asks for the smallest that is sharp, and lets the browser choose among those that are
// here already, so that something is seen meanwhile. It holds their object URLs as long as it is in
// the document.
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
  readonly width: number
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
  // The sizes it shows or waits for, the smallest first.
  #held: readonly Held[] = []
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
    this.#hold([])
  }

  protected override willUpdate(): void {
    const sharp = sharpFor(this.set, this.width_px, devicePixelRatio)
    this.#hold(this.isConnected ? this.#wanted(sharp) : [])
    this.#shown = this.set.find(({ original }) => original) ?? sharp
    this.style.setProperty('--tint', this.#shown?.dominant_color ?? kPlainColor)
    this.style.setProperty('--own-width', `${this.#shown?.width ?? 0}px`)
  }

  protected override render(): TemplateResult | typeof nothing {
    const here = this.#held.filter(({ url }) => url !== null)
    const shown = this.#shown
    if (!shown || here.length === 0) {
      if (!this.#isWithout) return nothing
      return html`<span class="letter" aria-hidden="true">${firstSign(this.name)}</span>`
    }
    const isChoice = here.length > 1
    return html`<img
      sizes=${isChoice ? `${this.width_px}px` : nothing}
      srcset=${isChoice ? here.map(({ url, width }) => `${url} ${width}w`).join(', ') : nothing}
      src=${here.at(-1)?.url}
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
    return this.#held.every(({ isMissing }) => isMissing)
  }

  // The size that is sharp, and the others that another view has fetched.
  #wanted(sharp: Picture | null): readonly Picture[] {
    const { pictures } = this
    return this.set
      .filter((one) => one === sharp || (one.sha256 !== null && pictures?.ready(one.sha256)))
      .sort((a, b) => a.width - b.width)
  }

  // Takes hold of the contents wanted, and lets go of those that are not any more.
  #hold(wanted: readonly Picture[]): void {
    const { pictures } = this
    const before = this.#held
    this.#held = !pictures
      ? []
      : wanted.flatMap(({ sha256, width }) => {
          if (sha256 === null) return []
          const same = before.find((held) => held.sha256 === sha256 && held.pictures === pictures)
          return [same ?? this.#take(pictures, sha256, width)]
        })
    for (const held of before) {
      if (!this.#held.includes(held)) held.pictures.release(held.sha256)
    }
  }

  // What was shown before comes at once; what was not, when it has arrived.
  #take(pictures: Pictures, sha256: string, width: number): Held {
    const url = pictures.ready(sha256)
    const taken: Held = { pictures, sha256, width, url, isMissing: false }
    void pictures.acquire(sha256).then((found) => {
      if (!this.#held.includes(taken) || (found !== null && taken.url === found)) return
      taken.url = found
      taken.isMissing = found === null
      this.requestUpdate()
    })
    return taken
  }
}

// What is read as one sign may be several code points, as a family or a flag is.
function firstSign(name: string): string | undefined {
  if (!('Segmenter' in Intl)) return [...name][0]
  const [first] = new Intl.Segmenter().segment(name)
  return first?.segment
}

declare global {
  interface HTMLElementTagNameMap {
    'product-picture': ProductPicture
  }
}

define('product-picture', ProductPicture)
