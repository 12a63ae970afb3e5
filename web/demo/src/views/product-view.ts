// A product's page: its picture, what it is, what it is sold as, and what stands beside it.
import { html, nothing, type TemplateResult } from 'lit'
import type { Pictures } from '../catalog/pictures'
import type { Product } from '../catalog/rows'
import { setsOf } from '../catalog/picture-set'
import { send } from '../state/actions'
import type { ProductPage } from '../state/page'
import { routePath, wholeWindow } from '../state/route'
import type { Upload } from '../state/uploads'
import { productCard } from './product-card'
import { rowButtons } from './row-buttons'
import './item-table'
import './picture-tray'
import './product-picture'

// How wide they stand on the page at most, in CSS pixels.
const kCover_px = 560
const kStrip_px = 72

export function productView(
  page: ProductPage,
  pictures: Pictures | null,
  uploads: readonly Upload[],
): TemplateResult {
  const { product, neighbours } = page
  return html`
    ${crumbs(page)}
    <article class="product">
      <div class="product-pictures">
        ${cover(product, pictures)} ${photoStrip(product, pictures)}
      </div>
      <div class="product-text">
        <h1 tabindex="-1">${product.name}</h1>
        <p class="lead">${product.description}</p>
        <div class="items-head">
          <h2>Sold as</h2>
          <button type="button" @click=${(event: Event) => addItem(event, product.id)}>
            Add an item
          </button>
        </div>
        ${
          product.product_items.length === 0
            ? html`<p class="quiet">Not on sale yet: it has no items.</p>`
            : html`<item-table
                .product=${product}
                .pictures=${pictures}
                .uploads=${uploads}
              ></item-table>`
        }
        <p class="product-actions">${rowButtons('product', product.id, product.name, true)}</p>
      </div>
    </article>
    <picture-tray
      .product=${product}
      .pictures=${pictures}
      .uploads=${uploads.filter((one) => one.productId === product.id && one.itemId === null)}
    ></picture-tray>
    ${
      neighbours.length === 0
        ? nothing
        : html`<section class="shelf" aria-labelledby="beside">
            <div class="shelf-head"><h2 id="beside">From the same shelf</h2></div>
            <ul class="grid beside">
              ${neighbours.map((other) => html`<li>${productCard(other, pictures)}</li>`)}
            </ul>
          </section>`
    }
  `
}

function cover({ image, name }: Product, pictures: Pictures | null): TemplateResult {
  const picture = html`<product-picture
    class="stage large"
    .set=${image}
    .pictures=${pictures}
    .name=${name}
    .loading=${'eager'}
    .width_px=${kCover_px}
  ></product-picture>`
  return image.length === 0 ? picture : lookButton(0, `Look at ${name} closely`, picture)
}

function photoStrip(
  { image, photos, name }: Product,
  pictures: Pictures | null,
): TemplateResult | typeof nothing {
  if (photos.length === 0) return nothing
  const before = image.length === 0 ? 0 : 1
  return html`<ul class="strip">
    ${setsOf(photos).map((set, index) => {
      const picture = html`<product-picture
        class="stage small"
        .set=${set}
        .pictures=${pictures}
        .name=${name}
        .width_px=${kStrip_px}
      ></product-picture>`
      return html`<li>${lookButton(before + index, `Look at photo ${index + 1}`, picture)}</li>`
    })}
  </ul>`
}

function lookButton(index: number, label: string, picture: TemplateResult): TemplateResult {
  const onClick = (event: Event) =>
    send(event.currentTarget as HTMLElement, { kind: 'look', index })
  return html`<button type="button" class="bare" aria-label=${label} @click=${onClick}>
    ${picture}
  </button>`
}

function crumbs({ product }: ProductPage): TemplateResult {
  const { category } = product
  return html`<nav class="crumbs" aria-label="Where you are">
    <a href=${routePath(wholeWindow)}>The window</a>
    ${
      category
        ? html`<span aria-hidden="true">›</span>
            <a href=${routePath({ ...wholeWindow, category: category.id })}
              ><bdi>${category.name}</bdi></a
            >`
        : nothing
    }
  </nav>`
}

function addItem(event: Event, productId: number): void {
  const target = event.currentTarget as HTMLElement
  send(target, { kind: 'add', model: 'product_item', preset: { product_id: productId } })
}
