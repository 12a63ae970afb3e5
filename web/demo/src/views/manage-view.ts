// The back office: each model's rows in a table, with a filter and buttons to add, edit and delete.
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Pictures } from '../catalog/pictures'
import type { ModelName } from '../catalog/rows'
import { send } from '../state/actions'
import type { ManagePage, ManageRow } from '../state/page'
import { routePath, type ManageRoute } from '../state/route'
import { capitalised, countOf, kNouns, numeral, oneOf } from '../state/words'
import { withNames } from './names'
import { rowButtons } from './row-buttons'
import './product-picture'

// What stands in the columns after the name.
const kManageColumns: Readonly<Record<ModelName, readonly string[]>> = {
  product: ['Category', 'Sold as'],
  product_item: ['Product', 'Sold by the'],
  category: ['Description', 'Products'],
  uom: ['Symbol', 'Items'],
}

const kModels: readonly ModelName[] = ['product', 'product_item', 'category', 'uom']

export function manageView(
  page: ManagePage,
  route: ManageRoute,
  pictures: Pictures | null,
): TemplateResult {
  const { model } = page.route
  return html`
    <div class="manage-head">
      <h1 tabindex="-1">Manage the shop</h1>
      <nav aria-label="What to manage">
        <ul class="chips">
          ${kModels.map((other) => tab(other, other === model))}
        </ul>
      </nav>
    </div>
    <div class="counter">
      ${filterBox(route)}
      <button
        type="button"
        class="primary"
        @click=${(event: Event) =>
          send(event.currentTarget as HTMLElement, { kind: 'add', model, preset: {} })}
      >
        Add ${oneOf(model)}
      </button>
    </div>
    <p class="tally" role="status">${countOf(page.total, kNouns[model])}</p>
    ${
      page.rows.length === 0
        ? html`<p class="empty quiet">${withNames(emptyWords(page.route))}</p>`
        : rowTable(page, pictures)
    }
    ${page.rows.length < page.total ? moreButton(page.total) : nothing}
  `
}

// What is done next: a search that found nothing is not an empty shop.
function emptyWords({ model, search }: ManageRoute): string {
  const { many } = kNouns[model]
  if (search.trim() === '') return `There are no ${many} yet. Add the first above.`
  return `No ${many} are found by “${search}”. Try fewer letters, or empty the search.`
}

function tab(model: ModelName, isCurrent: boolean): TemplateResult {
  const href = routePath({ view: 'manage', model, search: '' })
  return html`<li>
    <a class="chip" href=${href} aria-current=${isCurrent ? 'page' : nothing}
      >${capitalised(kNouns[model].many)}</a
    >
  </li>`
}

function filterBox(route: ManageRoute): TemplateResult {
  const onInput = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement
    send(input, { kind: 'go', route: { ...route, search: input.value }, step: 'silent' })
  }
  const label = `Find ${kNouns[route.model].many}`
  return html`<div class="search" role="search">
    <label for="search" class="hidden">${label}</label>
    <input
      id="search"
      type="search"
      placeholder=${label}
      autocomplete="off"
      aria-keyshortcuts="/"
      maxlength="100"
      .value=${route.search}
      @input=${onInput}
    />
    <kbd aria-hidden="true">/</kbd>
  </div>`
}

function rowTable({ route, rows }: ManagePage, pictures: Pictures | null): TemplateResult {
  const hasPictures = route.model === 'product' || route.model === 'product_item'
  return html`<table class="rows">
    <thead>
      <tr>
        ${hasPictures ? html`<td class="thumb"></td>` : nothing}
        <th scope="col">Name</th>
        ${kManageColumns[route.model].map((label) => html`<th scope="col">${label}</th>`)}
        <th scope="col"><span class="hidden">Change</span></th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        ({ id }) => `${route.model}-${id}`,
        (row) => tableRow(route.model, row, hasPictures, pictures),
      )}
    </tbody>
  </table>`
}

function tableRow(
  model: ModelName,
  row: ManageRow,
  hasPictures: boolean,
  pictures: Pictures | null,
): TemplateResult {
  return html`<tr>
    ${
      hasPictures
        ? html`<td class="thumb">
            <product-picture
              class="stage small"
              .set=${row.picture.map((picture) => ({ ...picture, alt: '' }))}
              .width_px=${48}
              .pictures=${pictures}
              .name=${row.name}
            ></product-picture>
          </td>`
        : nothing
    }
    <th scope="row">${row.href ? html`<a href=${row.href}>${row.name}</a>` : row.name}</th>
    ${row.details.map((text) => html`<td class="detail">${text}</td>`)}
    <td class="row-actions">${rowButtons(model, row.id, row.name)}</td>
  </tr>`
}

function moreButton(total: number): TemplateResult {
  const onClick = (event: Event) => send(event.currentTarget as HTMLElement, { kind: 'show-more' })
  return html`<p class="more">
    <button type="button" @click=${onClick}>Show more of the ${numeral(total)}</button>
  </p>`
}
