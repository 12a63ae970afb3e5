// A product's page: its picture, what it is, what it is sold as, and what stands beside it.
import { html, nothing, type TemplateResult } from 'lit'
import type { Pictures } from '../catalog/pictures'
import type { Item } from '../catalog/rows'
import { send } from '../state/actions'
import type { ProductPage } from '../state/page'
import { routePath, wholeWindow } from '../state/route'
import { productCard } from './product-card'
import { rowButtons } from './row-buttons'
import './product-picture'

// How wide it stands on the page at most, in CSS pixels.
const kCover_px = 560

export function productView(page: ProductPage, pictures: Pictures | null): TemplateResult {
  const { product, neighbours } = page
  return html`
    ${crumbs(page)}
    <article class="product">
      <product-picture
        class="stage large"
        .set=${product.image}
        .pictures=${pictures}
        .name=${product.name}
        .loading=${'eager'}
        .width_px=${kCover_px}
      ></product-picture>
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
            : itemTable(product.product_items)
        }
        <p class="product-actions">${rowButtons('product', product.id, product.name, true)}</p>
      </div>
    </article>
    ${
      neighbours.length === 0
        ? nothing
        : html`<section class="shelf" aria-labelledby="beside">
            <div class="shelf-head"><h2 id="beside">From the same shelf</h2></div>
            <ul class="grid">
              ${neighbours.map((other) => html`<li>${productCard(other, pictures)}</li>`)}
            </ul>
          </section>`
    }
  `
}

function crumbs({ product }: ProductPage): TemplateResult {
  const { category } = product
  return html`<nav class="crumbs" aria-label="Where you are">
    <a href=${routePath(wholeWindow)}>The window</a>
    ${
      category
        ? html`<span aria-hidden="true">›</span>
            <a href=${routePath({ ...wholeWindow, category: category.id })}>${category.name}</a>`
        : nothing
    }
  </nav>`
}

function itemTable(items: readonly Item[]): TemplateResult {
  return html`<table class="items">
    <thead class="hidden">
      <tr>
        <th scope="col">Item</th>
        <th scope="col">Unit</th>
        <th scope="col">Change</th>
      </tr>
    </thead>
    <tbody>
      ${items.map(
        (item) =>
          html`<tr>
            <th scope="row">
              ${item.name}
              <p>${item.description}</p>
            </th>
            <td class="unit">
              ${item.uom?.name ?? ''}
              ${item.uom?.symbol ? html`<span class="symbol">${item.uom.symbol}</span>` : nothing}
            </td>
            <td class="row-actions">${rowButtons('product_item', item.id, item.name)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function addItem(event: Event, productId: number): void {
  const target = event.currentTarget as HTMLElement
  send(target, { kind: 'add', model: 'product_item', preset: { product_id: productId } })
}
