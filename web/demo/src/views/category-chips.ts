// <category-chips>: the categories to choose from. On a phone they stand on one line that is moved
// sideways, else on two rows at most; the others come when they are asked for. The one that is
// chosen is always seen. Tab leads to the chips, and not to the line too, as Firefox would have it.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Choice } from '../catalog/requests'
import type { Facet } from '../catalog/shop'
import { routePath, type WindowRoute } from '../state/route'
import { kLoose, numeral } from '../state/words'
import { define, View } from './view'

const kRows = 2

export class CategoryChips extends View {
  static override properties = {
    facets: { attribute: false },
    loose: { attribute: false },
    route: { attribute: false },
    isOpen: { state: true },
  }
  declare facets: readonly Facet[]
  // How many products have no category.
  declare loose: number
  declare route: WindowRoute
  // Whether all are shown, however many rows they take.
  declare isOpen: boolean
  readonly #sizes = new ResizeObserver(() => {
    this.#part()
    this.#showCurrent()
  })

  constructor() {
    super()
    this.isOpen = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#sizes.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#sizes.disconnect()
  }

  protected override render(): TemplateResult {
    const { facets, loose, route, isOpen } = this
    const all = facets.reduce((sum, { count }) => sum + count, loose)
    const hasLoose = loose > 0 || route.category === 'none'
    return html`<nav aria-label="Categories">
      <ul class="chips" id="categories" tabindex="-1">
        ${this.#chip('Everything', all, null)}
        ${hasLoose ? this.#chip(kLoose, loose, 'none') : nothing}
        ${facets.map(({ category, count }) => this.#chip(category.name, count, category.id))}
        <li>
          <button
            type="button"
            class="chip"
            aria-expanded=${isOpen}
            aria-controls="categories"
            @click=${this.#onMore}
          >
            ${isOpen ? 'Fewer' : 'More'}<span class="hidden"> categories</span>
          </button>
        </li>
      </ul>
    </nav>`
  }

  #chip(label: string, count: number, category: Choice | null): TemplateResult {
    const { route } = this
    return html`<li>
      <a
        class="chip"
        href=${routePath({ ...route, category })}
        aria-current=${route.category === category ? 'true' : nothing}
        ><bdi>${label}</bdi> <span class="count">${numeral(count)}</span></a
      >
    </li>`
  }

  protected override updated(changed: PropertyValues): void {
    this.#part()
    const before = changed.get('route') as WindowRoute | undefined
    if (changed.has('route') && before?.category !== this.route.category) this.#showCurrent()
  }

  // Leaves those out that would begin a third row, but not the one that is chosen.
  #part(): void {
    const { list, items, more } = this.#parts()
    const { flexWrap, columnGap } = getComputedStyle(list)
    const gap = parseFloat(columnGap)
    const widths = items.map(widthOf)
    const current = items.findIndex((item) => item.querySelector('[aria-current]'))
    const room = list.clientWidth
    const isMany = flexWrap === 'wrap' && rowsOf(widths, room, gap) > kRows
    const most = isMany && !this.isOpen ? fitting(widths, current, widthOf(more), room, gap) : null
    items.forEach((item, at) => {
      item.classList.toggle('beyond', most !== null && at >= most && at !== current)
    })
    more.classList.toggle('beyond', !isMany)
  }

  // Moves nothing but the line: the page stays where it is.
  #showCurrent(): void {
    const { list } = this.#parts()
    const chip = list.querySelector('[aria-current]')
    if (!chip) return
    const [box, seen] = [chip.getBoundingClientRect(), list.getBoundingClientRect()]
    if (box.left >= seen.left && box.right <= seen.right) return
    list.scrollLeft += box.left + box.width / 2 - seen.left - seen.width / 2
  }

  // The first of those that come has the focus, for they stand before the button. As they go
  // those that stay are on the screen.
  readonly #onMore = async (): Promise<void> => {
    const first = this.querySelector<HTMLElement>('.beyond a')
    this.isOpen = !this.isOpen
    await this.updateComplete
    if (this.isOpen) first?.focus()
    else this.scrollIntoView({ block: 'nearest' })
  }

  #parts(): { list: HTMLElement; items: readonly HTMLElement[]; more: HTMLElement } {
    const list = this.querySelector('ul') as HTMLElement
    const items = [...list.children] as HTMLElement[]
    return { list, items, more: items.pop() as HTMLElement }
  }
}

function widthOf(element: HTMLElement): number {
  return element.getBoundingClientRect().width
}

// How many rows boxes of these widths take.
function rowsOf(widths: readonly number[], room: number, gap: number): number {
  let [rows, used] = [1, 0]
  for (const width of widths) {
    if (used > 0 && used + width > room) [rows, used] = [rows + 1, 0]
    used += width + gap
  }
  return rows
}

// How many of the first fit on the rows, with the current one, which may stand further back, and
// the button behind them.
function fitting(
  widths: readonly number[],
  current: number,
  more: number,
  room: number,
  gap: number,
): number {
  for (let most = widths.length - 1; most > 1; most--) {
    const behind = current >= most ? widths.slice(current, current + 1) : []
    const shown = [...widths.slice(0, most), ...behind, more]
    if (rowsOf(shown, room, gap) <= kRows) return most
  }
  return 1
}

declare global {
  interface HTMLElementTagNameMap {
    'category-chips': CategoryChips
  }
}

define('category-chips', CategoryChips)
