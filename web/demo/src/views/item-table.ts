// <item-table>: what a product is sold as: its items, each with its picture or a place to put one,
// its unit, and the buttons to change it. A picture that is dropped on a row, or pasted while the
// row has the focus or the text cursor, is put on its item.
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Pictures } from '../catalog/pictures'
import type { Item, Product } from '../catalog/rows'
import { send } from '../state/actions'
import type { Upload } from '../state/uploads'
import { fileChoice } from './file-choice'
import { FileDrops } from './file-drops'
import { rowButtons } from './row-buttons'
import { uploadList } from './upload-list'
import { define, View } from './view'
import './product-picture'

// How wide an item's picture stands there, in CSS pixels.
const kThumb_px = 56

export class ItemTable extends View {
  static override properties = {
    product: { attribute: false },
    pictures: { attribute: false },
    uploads: { attribute: false },
    over: { state: true },
  }
  declare product: Product
  declare pictures: Pictures | null
  declare uploads: readonly Upload[]
  // The item whose row files are held over.
  declare over: Item | null

  constructor() {
    super()
    this.uploads = []
    this.over = null
    this.addController(
      new FileDrops(this, {
        takesAt: (target) => this.#itemAt(target) !== null,
        take: (files, target) => this.#add(files, target),
        hover: (target) => (this.over = this.#itemAt(target)),
      }),
    )
  }

  protected override render(): TemplateResult {
    const { product_items: items } = this.product
    return html`<table class="items">
      <thead class="hidden">
        <tr>
          <th scope="col">Picture</th>
          <th scope="col">Item</th>
          <th scope="col">Unit</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          items,
          ({ id }) => id,
          (item) => this.#row(item),
        )}
      </tbody>
    </table>`
  }

  #row(item: Item): TemplateResult {
    const onTheirWay = this.uploads.filter(({ itemId }) => itemId === item.id)
    return html`<tr data-item=${item.id} class=${item.id === this.over?.id ? 'over' : ''}>
      <td class="item-picture">${this.#picture(item)}</td>
      <th scope="row">
        ${item.name}
        <p>${item.description}</p>
        ${uploadList(onTheirWay)}
      </th>
      <td class="unit">
        ${item.uom?.name ?? ''}
        ${item.uom?.symbol ? html`<span class="symbol">${item.uom.symbol}</span>` : nothing}
      </td>
      <td class="row-actions">${rowButtons('product_item', item.id, item.name)}</td>
    </tr>`
  }

  #picture({ id, name, image_url: set }: Item): TemplateResult {
    const item = { id, name }
    if (set.length === 0) {
      const words = html`<span aria-hidden="true">+</span
        ><span class="hidden">Add a picture of ${name}</span>`
      const { id: productId } = this.product
      const upload = (file: File) => ({ kind: 'upload', productId, item, files: [file] }) as const
      return fileChoice(words, 'image/*', upload, 'button item-slot')
    }
    const look = () => send(this, { kind: 'look-at-item', item })
    return html`<button type="button" class="bare" aria-label="Look at ${name}" @click=${look}>
      <product-picture
        class="stage small"
        .set=${set}
        .pictures=${this.pictures}
        .name=${name}
        .width_px=${kThumb_px}
      ></product-picture>
    </button>`
  }

  #itemAt(target: EventTarget | null): Item | null {
    const place = target instanceof Text ? target.parentElement : target
    const row = place instanceof Element ? place.closest<HTMLElement>('[data-item]') : null
    const id = Number(row?.dataset['item'])
    return this.product.product_items.find((item) => item.id === id) ?? null
  }

  #add(files: readonly File[], target: EventTarget | null): void {
    const item = this.#itemAt(target)
    if (!item || files.length === 0) return
    const { id, name } = item
    send(this, { kind: 'upload', productId: this.product.id, item: { id, name }, files })
  }
}

define('item-table', ItemTable)
