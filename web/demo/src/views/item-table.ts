// What a product is sold as: its items, each with its picture or a place to put one, its unit, and
// the buttons to change it.
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Pictures } from '../catalog/pictures'
import type { Item, Product } from '../catalog/rows'
import { send } from '../state/actions'
import type { Upload } from '../state/uploads'
import { fileChoice } from './file-choice'
import { rowButtons } from './row-buttons'
import { uploadList } from './upload-list'
import './product-picture'

// How wide an item's picture stands there, in CSS pixels.
const kThumb_px = 56

export function itemTable(
  product: Product,
  pictures: Pictures | null,
  uploads: readonly Upload[],
): TemplateResult {
  const row = (item: Item) => {
    const own = uploads.filter(({ itemId }) => itemId === item.id)
    return itemRow(item, pictureCell(product.id, item, pictures), uploadList(own))
  }
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
      ${repeat(product.product_items, ({ id }) => id, row)}
    </tbody>
  </table>`
}

function itemRow(
  item: Item,
  picture: TemplateResult,
  onTheirWay: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<tr>
    <td class="item-picture">${picture}</td>
    <th scope="row">
      ${item.name}
      <p>${item.description}</p>
      ${onTheirWay}
    </th>
    <td class="unit">
      ${item.uom?.name ?? ''}
      ${item.uom?.symbol ? html`<span class="symbol">${item.uom.symbol}</span>` : nothing}
    </td>
    <td class="row-actions">${rowButtons('product_item', item.id, item.name)}</td>
  </tr>`
}

function pictureCell(
  productId: number,
  { id, name, image_url: set }: Item,
  pictures: Pictures | null,
): TemplateResult {
  const item = { id, name }
  if (set.length === 0) {
    const words = html`<span aria-hidden="true">+</span
      ><span class="hidden">Add a picture of ${name}</span>`
    const upload = (file: File) => ({ kind: 'upload', productId, item, files: [file] }) as const
    return fileChoice(words, 'image/*', upload, 'button item-slot')
  }
  const look = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'look-at-item', item })
  return html`<button type="button" class="bare" aria-label="Look at ${name}" @click=${look}>
    <product-picture
      class="stage small"
      .set=${set}
      .pictures=${pictures}
      .name=${name}
      .width_px=${kThumb_px}
    ></product-picture>
  </button>`
}
