// <row-picker>: a field for a related row, one of more than a list can show: a combobox (ARIA 1.2)
// whose list has what the catalog finds for what is typed. The form gets the id of the row that was
// chosen, and beside it what was typed, which the store may know by name. Tab leads to no list,
// though browsers let it lead to what scrolls: the list closes as the field is left.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { send } from '../state/actions'
import { kMostChoices, sameName, type Choices } from '../state/choices'
import { typedName, type Field } from '../state/forms'
import { countOf, kNouns } from '../state/words'
import type { NamedRow } from '../catalog/shop'
import { keepBeside } from './beside'
import { define, View } from './view'

// What is done when the rows for what is typed are here: one of them is pointed at, or taken.
type Next = 'first' | 'last' | 'take' | null

export class RowPicker extends View {
  static override properties = {
    field: { attribute: false },
    inputId: { attribute: false },
    choices: { attribute: false },
    describedBy: { attribute: false },
    isInvalid: { attribute: false },
    typed: { state: true },
    isOpen: { state: true },
    active: { state: true },
  }
  declare field: Field
  declare inputId: string
  declare choices: Choices
  declare describedBy: string
  declare isInvalid: boolean
  declare typed: string
  declare isOpen: boolean
  // Which row the keys point at; -1 for none.
  declare active: number
  #chosen: NamedRow | null = null
  // The words that rows were asked for last.
  #asked = ''
  #next: Next = null
  #letGo: (() => void) | null = null

  constructor() {
    super()
    this.typed = ''
    this.isOpen = false
    this.active = -1
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#letGo?.()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated) {
      this.#chosen = this.choices.chosen
      this.typed = this.#chosen?.name ?? ''
    }
    if (changed.has('choices')) this.#goOn()
  }

  protected override render(): TemplateResult {
    const { field, inputId, isOpen, active } = this
    const { rows } = this.choices.found
    const isListed = isOpen && rows.length > 0
    return html`
      <input type="hidden" name=${field.name} .value=${String(this.#chosen?.id ?? '')} />
      <input
        id=${inputId}
        name=${typedName(field)}
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${field.none ?? 'Type to find one'}
        aria-autocomplete="list"
        aria-controls="${inputId}-list"
        aria-expanded=${isListed}
        aria-activedescendant=${isListed && active >= 0 ? this.#optionId(active) : nothing}
        aria-describedby=${this.describedBy}
        aria-invalid=${this.isInvalid ? 'true' : nothing}
        ?required=${!field.isOptional}
        .value=${this.typed}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
        @click=${this.#onClick}
        @blur=${this.#onBlur}
      />
      <div class="picker-list" ?hidden=${!isOpen} @mousedown=${keepFocus}>
        <ul
          role="listbox"
          id="${inputId}-list"
          aria-label=${field.label}
          tabindex="-1"
          ?hidden=${!isListed}
        >
          ${rows.map((row, index) => this.#option(row, index))}
        </ul>
        <p aria-hidden="true">${this.#said()}</p>
      </div>
      <p class="hidden" role="status">${isOpen ? this.#said() : ''}</p>
    `
  }

  protected override updated(changed: PropertyValues): void {
    const list = this.querySelector<HTMLElement>('.picker-list')
    const input = this.#input()
    if (changed.has('isOpen') && list && input) {
      this.#letGo?.()
      this.#letGo = this.isOpen ? keepBeside(list, input) : null
    }
    if (this.isOpen)
      this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }

  #option(row: NamedRow, index: number): TemplateResult {
    return html`<li
      role="option"
      id=${this.#optionId(index)}
      class=${row.id === this.#chosen?.id ? 'chosen' : ''}
      aria-selected=${index === this.active}
      @click=${() => this.#take(row)}
    >
      ${row.name}
    </li>`
  }

  // What is found, in words: on the screen below the rows, and spoken.
  #said(): string {
    if (!this.field.from || !this.#isHere) return ''
    const { words, rows, isMore } = this.choices.found
    const noun = kNouns[this.field.from]
    if (rows.length === 0) return `No ${noun.one} has “${words}” in its name.`
    if (isMore) return `The first ${countOf(kMostChoices, noun)}. Type to find others.`
    return `${countOf(rows.length, noun)} found.`
  }

  // Whether the rows are those for what was asked last.
  get #isHere(): boolean {
    return this.choices.found.words === this.#asked
  }

  #ask(words: string, next: Next): void {
    this.#next = next
    this.isOpen = true
    this.active = -1
    const isNew = words !== this.#asked
    this.#asked = words
    if (isNew) send(this, { kind: 'look-up', field: this.field.name, words })
    else this.#goOn()
  }

  // Does what waits for rows, once they are here.
  #goOn(): void {
    if (!this.#isHere || !this.isOpen) return
    const { rows } = this.choices.found
    const next = this.#next
    this.#next = null
    if (next === 'take' && rows[0]) this.#take(rows[0])
    else if (next === 'last') this.active = rows.length - 1
    else if (next !== null) this.active = rows.length > 0 ? 0 : -1
  }

  #take(row: NamedRow): void {
    this.#chosen = row
    this.typed = row.name
    this.#close()
    this.requestUpdate()
    // The form counts it as a change, as if it had been typed.
    this.dispatchEvent(new Event('input', { bubbles: true }))
  }

  #close(): void {
    this.isOpen = false
    this.active = -1
    this.#next = null
  }

  // A row that was chosen is no search: then all are listed.
  #open(next: Next): void {
    this.#ask(this.#chosen ? '' : this.typed.trim(), next)
  }

  readonly #onInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value
    this.#chosen = null
    this.#ask(this.typed.trim(), 'first')
  }

  readonly #onClick = (): void => {
    if (this.isOpen) return
    if (this.#chosen) this.#input()?.select()
    this.#open(null)
  }

  // Whoever leaves a name written out has chosen its row.
  readonly #onBlur = (): void => {
    const row =
      this.#chosen ?? (this.#isHere ? sameName(this.choices.found.rows, this.typed) : null)
    this.#chosen = row
    if (row) this.typed = row.name
    this.#close()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      return this.#point(event.key === 'ArrowDown' ? 1 : -1)
    }
    if (!this.isOpen || (event.key !== 'Enter' && event.key !== 'Escape')) return
    // The form is neither sent nor closed by what is meant for the list.
    event.preventDefault()
    if (event.key === 'Escape') return this.#close()
    const row = this.choices.found.rows[this.active]
    if (!this.#isHere) this.#next = 'take'
    else if (row) this.#take(row)
    else this.#close()
  }

  #point(by: number): void {
    if (!this.isOpen) return this.#open(by > 0 ? 'first' : 'last')
    const { length } = this.choices.found.rows
    if (!this.#isHere || length === 0) return
    const from = this.active < 0 && by < 0 ? 0 : this.active
    this.active = (from + by + length) % length
  }

  #optionId(index: number): string {
    return `${this.inputId}-option-${index}`
  }

  #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('[role=combobox]')
  }
}

function keepFocus(event: Event): void {
  event.preventDefault()
}

declare global {
  interface HTMLElementTagNameMap {
    'row-picker': RowPicker
  }
}

define('row-picker', RowPicker)
