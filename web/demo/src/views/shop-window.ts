// <shop-window>: the products, their categories to choose from, a search and an order.
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Pictures } from '../catalog/pictures'
import type { Sort } from '../catalog/requests'
import { send } from '../state/actions'
import type { Shelf, WindowPage } from '../state/page'
import { kSorts, routePath, wholeWindow, type WindowRoute } from '../state/route'
import type { Visit } from '../state/state'
import { countOf, kLoose, kNouns, numeral } from '../state/words'
import { moveAmong } from './arrow-keys'
import { productCard } from './product-card'
import { define, View } from './view'
import './category-chips'

const kAllSorted = 'Every product has a category.'
const kNothingLike = 'Nothing like that on our shelves.'

// Where the browser cannot say when it is idle, it is taken to be after this long.
const kIdle_ms = 200

export class ShopWindow extends View {
  static override properties = {
    page: { attribute: false },
    route: { attribute: false },
    pictures: { attribute: false },
  }
  // What is shown, and the search and the choices that the next page will be of.
  declare page: WindowPage
  declare route: WindowRoute
  declare pictures: Pictures | null
  // The search whose first find is to be opened when it has been carried out.
  #wanted: string | null = null

  protected override render(): TemplateResult {
    const { page, route } = this
    const { shelves, total, shown } = page
    return html`
      <div class="counter">${this.#searchBox(route)} ${this.#sortBox(route)}</div>
      <category-chips .facets=${page.facets} .loose=${page.loose} .route=${route}></category-chips>
      <h1 class="hidden" tabindex="-1">The shop window</h1>
      <p class=${page.route.search === '' ? 'hidden' : 'tally'} role="status">${this.#tally()}</p>
      <div class="shelves" @keydown=${this.#onArrow}>
        ${repeat(
          shelves.filter(({ products }) => products.length > 0),
          (shelf) => shelf.category?.id ?? 0,
          (shelf) => this.#shelf(shelf),
        )}
      </div>
      ${total === 0 ? this.#nothingFound() : nothing}
      ${
        shown < total
          ? html`<p class="more">
              <button type="button" @click=${() => send(this, { kind: 'show-more' })}>
                Show more of the ${numeral(total)}
              </button>
            </p>`
          : nothing
      }
    `
  }

  // What is on the screen has its pictures first; the rest follow while nobody waits for anything,
  // so that scrolling meets no blank cards.
  protected override updated(): void {
    if (this.#wanted !== null && this.#wanted === this.page.route.search) this.#openFirst()
    whenIdle(() => {
      for (const picture of this.querySelectorAll('product-picture')) picture.loading = 'eager'
    })
  }

  // With its chips, which take more room or less.
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete()
    await this.querySelector('category-chips')?.updateComplete
    return isDone
  }

  #searchBox(route: WindowRoute): TemplateResult {
    return html`<form class="search" role="search" @submit=${this.#onSearchSubmit}>
      <label for="search" class="hidden">Search the shop</label>
      <input
        id="search"
        type="search"
        placeholder="Search the shop"
        autocomplete="off"
        aria-keyshortcuts="/"
        maxlength="100"
        .value=${route.search}
        @input=${this.#onSearch}
        @keydown=${this.#onSearchKey}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>`
  }

  #sortBox(route: WindowRoute): TemplateResult {
    return html`<label class="sort">
      <span>Order</span>
      <select @change=${this.#onSort}>
        ${kSorts.map(
          ({ sort, label }) =>
            html`<option value=${sort} ?selected=${sort === route.sort}>${label}</option>`,
        )}
      </select>
    </label>`
  }

  #tally(): TemplateResult {
    const { route, total, facets } = this.page
    const found = countOf(total, kNouns.product)
    const category = facets.find((facet) => facet.category.id === route.category)?.category.name
    const inCategory = category ? html` in <bdi>${category}</bdi>` : nothing
    const where = route.category === 'none' ? ' without a category' : inCategory
    const what = route.search === '' ? nothing : html` for “<bdi>${route.search}</bdi>”`
    return html`${found}${where}${what}`
  }

  #shelf({ category, products }: Shelf): TemplateResult {
    const isSorted = this.page.route.sort !== 'shelf' || this.page.route.search !== ''
    const heading = isSorted ? 'Found for you' : (category?.name ?? kLoose)
    return html`<section class="shelf" aria-label=${heading}>
      <div class=${isSorted ? 'hidden' : 'shelf-head'}>
        <h2>${heading}</h2>
        <p>${category?.description ?? nothing}</p>
      </div>
      <ul class="grid">
        ${repeat(
          products,
          ({ id }) => id,
          (product) => html`<li>${productCard(product, this.pictures)}</li>`,
        )}
      </ul>
    </section>`
  }

  #nothingFound(): TemplateResult {
    const { route, facets } = this.page
    const isWhole = routePath(route) === routePath(wholeWindow)
    const isLoose = route.category === 'none' && route.search === ''
    const category = facets.find((facet) => facet.category.id === route.category)?.category
    if (typeof route.category === 'number' && !category) return this.#noCategory()
    if (isWhole) return this.#emptyShelf('The window is empty.', null)
    if (category && route.search === '') {
      return this.#emptyShelf(`Nothing in ${category.name} yet.`, category.id)
    }
    return html`<div class="empty">
      <p class="empty-head">${isLoose ? kAllSorted : kNothingLike}</p>
      <p>${isLoose ? nothing : 'Try fewer letters, or look at the whole window.'}</p>
      <p><a class="button" href=${routePath(wholeWindow)}>Show everything</a></p>
    </div>`
  }

  #emptyShelf(words: string, category_id: number | null): TemplateResult {
    const add = () => send(this, { kind: 'add', model: 'product', preset: { category_id } })
    const more = html`<p>Or open a shop of yours, at the foot of the page.</p>`
    return html`<div class="empty">
      <p class="empty-head">${words}</p>
      <p><button type="button" class="primary" @click=${add}>Add a product</button></p>
      ${category_id === null ? more : nothing}
    </div>`
  }

  #noCategory(): TemplateResult {
    return html`<div class="empty">
      <p class="empty-head">There is no such category.</p>
      <p>It may have been deleted.</p>
      <p>
        <a class="button" href=${routePath({ ...this.page.route, category: null })}>
          Look in all of them</a
        >
      </p>
    </div>`
  }

  #go(part: Partial<WindowRoute>, step: Visit['step']): void {
    this.#wanted = null
    send(this, { kind: 'go', route: { ...this.route, ...part }, step })
  }

  readonly #onSearch = (event: Event): void => {
    this.#go({ search: (event.target as HTMLInputElement).value }, 'silent')
  }

  readonly #onSort = (event: Event): void => {
    this.#go({ sort: (event.target as HTMLSelectElement).value as Sort }, 'forward')
  }

  // Enter opens the first product found, as soon as it is found.
  readonly #onSearchSubmit = (event: Event): void => {
    event.preventDefault()
    const { value } = this.querySelector('#search') as HTMLInputElement
    if (value === '') return
    this.#wanted = value
    if (value === this.page.route.search) this.#openFirst()
  }

  #openFirst(): void {
    this.#wanted = null
    this.#cards()[0]?.click()
  }

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.route.search !== '') {
      event.preventDefault()
      event.stopPropagation()
      this.#go({ search: '' }, 'silent')
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      this.#cards()[0]?.focus()
    }
  }

  readonly #onArrow = (event: KeyboardEvent): void => moveAmong(this.#cards(), event)

  #cards(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('a.card')]
  }
}

// Runs `work` when the page has nothing better to do.
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work)
  else setTimeout(work, kIdle_ms)
}

declare global {
  interface HTMLElementTagNameMap {
    'shop-window': ShopWindow
  }
}

define('shop-window', ShopWindow)
