// A product in the window: its picture, its name, what it is sold by. The whole card is one link.
import { html, type TemplateResult } from 'lit'
import type { Pictures } from '../catalog/pictures'
import type { Card } from '../catalog/rows'
import { routePath } from '../state/route'
import { soldBy } from '../state/words'
import './product-picture'

export function productCard(product: Card, pictures: Pictures | null): TemplateResult {
  const units = soldBy(product.product_items.map(({ uom }) => uom))
  return html`<a class="card" href=${routePath({ view: 'product', id: product.id })}>
    <product-picture
      class="stage"
      .set=${product.image}
      .pictures=${pictures}
      .name=${product.name}
    ></product-picture>
    <h3>${product.name}</h3>
    <p class="units">${units === '' ? 'not on sale yet' : html`by the <bdi>${units}</bdi>`}</p>
  </a>`
}
