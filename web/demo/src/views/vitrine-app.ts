// <vitrine-app>: the frame around every view. It renders the store's state, hands actions to the
// store, and keeps the address, the focus and the keyboard's shortcuts in order.
import { html, nothing, type TemplateResult } from 'lit'
import { ActionEvent, isWrite, send, type Action } from '../state/actions'
import { pageTitle, type Page } from '../state/page'
import { parseRoute, routePath, wholeWindow } from '../state/route'
import { counterRoute, type State } from '../state/state'
import { Store } from '../state/store'
import { fileButtons, openFileButton } from './file-buttons'
import { FocusPlace } from './focus-place'
import { focusQuietly, Journey } from './journey'
import { noteUnsaved } from './leaving'
import { manageView } from './manage-view'
import { keepNoticeRoom } from './notice-room'
import { notices } from './notices'
import { productView } from './product-view'
import { isTyping, SearchKey } from './search-key'
import { storageLine } from './storage-line'
import { catchStrayDrops } from './stray-drops'
import { define, View } from './view'
import './delete-dialog'
import './edit-dialog'
import './lightbox'
import './replace-dialog'
import './shop-window'

export class VitrineApp extends View {
  static override properties = { state: { state: true } }
  declare state: State
  readonly #store: Store
  readonly #journey = new Journey()
  readonly #focusPlace = new FocusPlace()
  readonly #searchKey = new SearchKey()

  constructor() {
    super()
    const sample = new URL(`${import.meta.env.BASE_URL}sample.sqlite`, location.href)
    this.#store = new Store(parseRoute(new URL(location.href)), sample, this.#journey.rows)
    this.state = this.#store.state
    this.#store.subscribe((state) => this.#show(state))
  }

  override connectedCallback(): void {
    this.replaceChildren()
    super.connectedCallback()
    this.addEventListener(ActionEvent.type, (event) => this.#onAction(event as ActionEvent))
    this.addEventListener('click', (event) => this.#onClick(event))
    this.addEventListener('focusin', (event) => this.#focusPlace.note(event))
    window.addEventListener('keydown', (event) => this.#onKey(event))
    window.addEventListener('popstate', () => this.#onPopState())
    document.addEventListener('visibilitychange', () => this.#onReturn())
    catchStrayDrops((files) => send(this, { kind: 'misplace', files }))
    void this.#store.act({ kind: 'start' })
  }

  protected override firstUpdated(): void {
    keepNoticeRoom(this.querySelector('.notice') as HTMLElement)
  }

  protected override render(): TemplateResult {
    const { page, dialog, notice, work, look, pictures } = this.state
    return html`
      <a class="skip" href="#main">Skip to the goods</a>
      ${this.#sign()}
      <main class="room" id="main" tabindex="-1">${this.#room()}</main>
      ${notices(notice, work)} ${page ? this.#foot() : nothing}
      <edit-dialog .editor=${dialog?.kind === 'editor' ? dialog : null}></edit-dialog>
      <light-box .look=${look} .pictures=${pictures}></light-box>
      <replace-dialog
        .asked=${dialog?.kind === 'replace' ? dialog : null}
        .said=${work?.words ?? notice?.words ?? ''}
        .isBusy=${work !== null}
      ></replace-dialog>
      <delete-dialog .asked=${dialog?.kind === 'delete' ? dialog : null}></delete-dialog>
    `
  }

  #sign(): TemplateResult {
    const { view } = this.state.wanted.route
    const here = (isHere: boolean) => (isHere ? 'page' : nothing)
    return html`<header class="sign">
      <div class="sign-row">
        <a class="brand" href=${routePath(wholeWindow)}>Vitrine</a>
        <span class="tagline">Good things by the kilogram, the loaf and the pair</span>
        <nav aria-label="Rooms">
          <a href=${routePath(wholeWindow)} aria-current=${here(view === 'window')}>Window</a>
          <a href="/manage/products" aria-current=${here(view === 'manage')}>Manage</a>
        </nav>
      </div>
      <div class="awning"></div>
    </header>`
  }

  #room(): TemplateResult {
    const { phase, page, failure, work } = this.state
    if (phase === 'failed') return failed(failure, work !== null)
    if (!page) return html`<p class="loading-line" role="status">Opening the shop…</p>`
    return this.#pageView(page)
  }

  #pageView(page: Page): TemplateResult {
    const { pictures, wanted, uploads } = this.state
    switch (page.view) {
      case 'window':
        return html`<shop-window
          .page=${page}
          .route=${counterRoute(page.route, wanted)}
          .pictures=${pictures}
        ></shop-window>`
      case 'product':
        return productView(page, pictures, uploads)
      case 'manage':
        return manageView(page, counterRoute(page.route, wanted), pictures)
      case 'missing':
        return html`<div class="empty">
          <h1 tabindex="-1">Not here</h1>
          <p>${page.words}</p>
          <p><a class="button" href=${routePath(wholeWindow)}>Back to the window</a></p>
        </div>`
    }
  }

  #foot(): TemplateResult {
    return html`<footer class="foot">
      ${storageLine(this.state.storage)} ${fileButtons(this.state.work !== null)}
      <p class="credit">Pictures: Fluent emoji, MIT licence.</p>
    </footer>`
  }

  #show(state: State): void {
    const settle = this.#journey.arrive(state.shown, state.page)
    const hadFocus = document.activeElement !== document.body
    this.state = state
    if (state.page) document.title = `${pageTitle(state.page)} · Vitrine`
    void this.#rendered().then(() => {
      settle?.()
      if (!hadFocus || !isFocusLost()) return
      const next = this.#focusPlace.next()
      if (next) next.focus()
      else focusQuietly(document.querySelector('h1'))
    })
  }

  // When this element and the views in it are on the screen.
  async #rendered(): Promise<void> {
    await this.updateComplete
    const views = this.querySelectorAll<View>('shop-window, item-table, picture-tray')
    await Promise.all([...views].map((view) => view.updateComplete))
  }

  #onAction({ action }: ActionEvent): void {
    if (action.kind === 'show-more') void this.#showMore()
    else void this.#carryOut(action)
  }

  // What is on its way into the shop would be lost with the page.
  async #carryOut(action: Action): Promise<void> {
    noteUnsaved(action, isWrite(action))
    await this.#store.act(action)
    noteUnsaved(action, false)
  }

  // The focus goes on where the new ones begin: the button is below them all now, or gone.
  async #showMore(): Promise<void> {
    const all = () => this.querySelectorAll<HTMLElement>('a.card, .rows tbody tr')
    const before = all().length
    await this.#store.act({ kind: 'show-more' })
    await this.#rendered()
    const first = all()[before]
    if (first) (first.matches('a') ? first : first.querySelector<HTMLElement>('a, button'))?.focus()
  }

  // Links to views stay in the page; any other click is the browser's.
  #onClick(event: MouseEvent): void {
    const link = (event.target as Element).closest('a')
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.origin !== location.origin || link.hash !== '' || link.download !== '') return
    event.preventDefault()
    send(link, { kind: 'go', route: parseRoute(new URL(link.href)) })
  }

  #onKey(event: KeyboardEvent): void {
    if (this.state.dialog || this.state.look || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey) return this.#onCommand(event)
    if (this.#searchKey.take(event, () => this.#showWindow())) return
    if (isTyping(event)) return
    if (event.key === 'Escape' && this.state.wanted.route.view === 'product') {
      if (this.#journey.backToWindow()) return
      send(this, { kind: 'go', route: this.#journey.lastWindow })
    }
  }

  // In a field these keys are the field's own.
  #onCommand(event: KeyboardEvent): void {
    const key = event.key.toLowerCase()
    if ((key !== 'z' && key !== 'y') || isTyping(event)) return
    event.preventDefault()
    send(this, { kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' })
  }

  async #showWindow(): Promise<void> {
    await this.#store.act({ kind: 'go', route: wholeWindow })
    await this.#rendered()
  }

  // Meanwhile another tab may have changed the shop.
  #onReturn(): void {
    if (document.visibilityState === 'visible') void this.#store.act({ kind: 'changed' })
  }

  // Over a dialog the browser's Back means that one, as Escape does: the view behind it stays.
  #onPopState(): void {
    const dialog = this.querySelector('dialog[open]')
    if (dialog) {
      this.#journey.stay()
      dialog.dispatchEvent(new Event('cancel', { cancelable: true }))
      return
    }
    this.#journey.leave()
    const route = parseRoute(new URL(location.href))
    void this.#store.act({ kind: 'go', route, step: 'back', rows: this.#journey.rows })
  }
}

// What had the focus may be gone: a deleted row, or a view; or not seen any more: a message.
function isFocusLost(): boolean {
  const focused = document.activeElement
  return !focused || focused === document.body || !focused.checkVisibility()
}

function failed(words: string, isBusy: boolean): TemplateResult {
  return html`<div class="empty" role="alert">
    <h1 tabindex="-1">The shop could not open</h1>
    <p>${words}</p>
    <p class="empty-actions">
      <button type="button" class="primary" @click=${begin('start')}>Try again</button>
      ${openFileButton(isBusy)}
      <button type="button" @click=${begin('start-empty')}>Start with an empty shop</button>
      <button type="button" @click=${begin('start-unkept')}>Use it without keeping it</button>
    </p>
  </div>`
}

function begin(kind: 'start' | 'start-empty' | 'start-unkept') {
  return (event: Event) => send(event.currentTarget as HTMLElement, { kind })
}

define('vitrine-app', VitrineApp)
