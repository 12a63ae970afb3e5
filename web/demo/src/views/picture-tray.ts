// <picture-tray>: the pictures of a product as its owner sees them: the cover and the photos, each
// with its words, its place and a way to remove it, and a counter to put new ones on. Pictures come
// by button, by drop anywhere on the page, or by paste; the rows of items take their own.
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GalleryChange, Place } from '../catalog/gallery'
import { photoName, setsOf } from '../catalog/picture-set'
import type { Pictures } from '../catalog/pictures'
import type { Photo, Picture, Product } from '../catalog/rows'
import { send } from '../state/actions'
import type { Upload } from '../state/uploads'
import { FileDrops } from './file-drops'
import { uploadList } from './upload-list'
import { define, View } from './view'
import { wordsField } from './words-field'
import './product-picture'

// How wide a picture stands in the tray at most, in CSS pixels.
const kTile_px = 200

interface Slot {
  // The same for the same picture, wherever it stands.
  readonly key: string
  readonly place: Place
  // What it is called: the cover, or photo 2.
  readonly which: string
  readonly set: readonly (Picture | Photo)[]
}

export class PictureTray extends View {
  static override properties = {
    product: { attribute: false },
    pictures: { attribute: false },
    uploads: { attribute: false },
    isOver: { state: true },
  }
  declare product: Product
  declare pictures: Pictures | null
  declare uploads: readonly Upload[]
  declare isOver: boolean
  // What has the focus keeps it while its picture is moved, here or in another tab.
  #focused: HTMLElement | null = null

  constructor() {
    super()
    this.uploads = []
    this.isOver = false
    this.addController(
      new FileDrops(document, {
        takesAt: () => true,
        take: (files) => this.#add(files),
        hover: (target) => (this.isOver = target !== null),
      }),
    )
  }

  protected override render(): TemplateResult {
    const slots = slotsOf(this.product)
    return html`<section class="tray ${this.isOver ? 'over' : ''}" aria-labelledby="tray-title">
      <div class="items-head">
        <h2 id="tray-title">Pictures</h2>
        <label class="button">
          Add pictures
          <input class="hidden" type="file" accept="image/*" multiple @change=${this.#onChoice} />
        </label>
      </div>
      <p class="quiet">
        ${slots.length === 0 ? 'None yet. ' : ''}Drop some anywhere here, paste one, or choose
        files. ${this.product.product_items.length > 0 ? 'An item’s row takes its own.' : nothing}
        Where and with what a photo was taken is left out, unless it is an AVIF.
      </p>
      ${uploadList(this.uploads)}
      <ul class="tray-slots">
        ${repeat(
          slots,
          ({ key }) => key,
          (slot, index) => this.#slot(slot, index, slots),
        )}
      </ul>
    </section>`
  }

  protected override willUpdate(): void {
    const focused = document.activeElement
    this.#focused = focused instanceof HTMLElement && this.contains(focused) ? focused : null
  }

  // A button that leads no further leaves the focus to the one that leads back.
  protected override updated(): void {
    const focused = this.#focused
    if (!focused?.isConnected) return
    const buttons = focused.closest('li')?.querySelectorAll<HTMLButtonElement>('[data-by]') ?? []
    const isOver = focused instanceof HTMLButtonElement && focused.disabled
    const next = isOver ? [...buttons].find(({ disabled }) => !disabled) : focused
    if (next !== document.activeElement) next?.focus()
  }

  #slot({ place, which, set }: Slot, index: number, slots: readonly Slot[]): TemplateResult {
    const photos = slots.filter((slot) => !('cover' in slot.place))
    const remove = () => this.#send({ change: 'remove', place })
    // Words may be left as the view goes on to another product: they are still of this one.
    const { id: productId } = this.product
    const describe = (alt: string) =>
      send(this, { kind: 'gallery', productId, change: { change: 'alt', place, alt } })
    const alt = set.find(({ original }) => original)?.alt ?? ''
    return html`<li class="tray-slot">
      ${this.#tile(index, which, set)} ${wordsField(`What ${which} shows`, alt, describe)}
      <p class="tray-actions">
        ${
          'cover' in place
            ? html`<span class="badge">Cover</span>`
            : this.#moves(place, index - (slots.length - photos.length), photos.length, which)
        }
        <button type="button" class="danger" @click=${remove}>
          Remove<span class="hidden"> ${which}</span>
        </button>
        ${'cover' in place ? nothing : this.#makeCover(place, which)}
      </p>
    </li>`
  }

  #tile(index: number, which: string, set: Slot['set']): TemplateResult {
    return html`<button
      type="button"
      class="bare"
      aria-label="Look at ${which}"
      @click=${() => send(this, { kind: 'look', index })}
    >
      <product-picture
        class="stage tile"
        .set=${set}
        .pictures=${this.pictures}
        .name=${this.product.name}
        .width_px=${kTile_px}
      ></product-picture>
    </button>`
  }

  #moves(place: Photo, at: number, count: number, which: string): TemplateResult {
    const move = (by: number, sign: string, words: string) =>
      html`<button
        type="button"
        data-by=${by}
        ?disabled=${at + by < 0 || at + by >= count}
        @click=${() => this.#send({ change: 'move', place, by })}
      >
        <span aria-hidden="true">${sign}</span><span class="hidden">Move ${which} ${words}</span>
      </button>`
    return html`${count > 1 ? [move(-1, '←', 'forward'), move(1, '→', 'back')] : nothing}`
  }

  #makeCover(place: Photo, which: string): TemplateResult {
    return html`<button
      type="button"
      class="make-cover"
      @click=${() => this.#send({ change: 'cover', place })}
    >
      Make cover<span class="hidden"> of ${which}</span>
    </button>`
  }

  #send(change: GalleryChange): void {
    send(this, { kind: 'gallery', productId: this.product.id, change })
  }

  #add(files: readonly File[]): void {
    if (files.length > 0) send(this, { kind: 'upload', productId: this.product.id, files })
  }

  // The choice is emptied, so that choosing the same file again is a choice too.
  readonly #onChoice = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement
    this.#add([...(input.files ?? [])])
    input.value = ''
  }
}

function slotsOf({ image, photos }: Product): readonly Slot[] {
  const cover = image.find(({ original }) => original) ?? image[0]
  const keys = new Map<string, number>()
  const gallery = setsOf(photos).flatMap((set, index) => {
    const place = set.find(({ original }) => original) ?? set[0]
    if (!place) return []
    // One content may be there twice since the same moment.
    const name = photoName(place)
    const count = keys.get(name) ?? 0
    keys.set(name, count + 1)
    return [{ key: `${name} ${count}`, place, which: `photo ${index + 1}`, set }]
  })
  if (!cover) return gallery
  const key = `cover ${cover.sha256 ?? ''}`
  return [{ key, place: { cover }, which: 'the cover', set: image }, ...gallery]
}

define('picture-tray', PictureTray)
