// Journey: the page's way through its views. Keeps the address bar, the scroll position and the
// focus as a visitor expects them after a step forward or back, and when the page is loaded again.
import type { Page } from '../state/page'
import { routePath, wholeWindow, type Route, type WindowRoute } from '../state/route'
import type { Visit } from '../state/state'

// What the browser keeps with an entry of its history: how the view was left.
interface Entry {
  readonly scrollY: number
  // How many rows were on the page.
  readonly rows: number
  // How many entries before this one the window is; null when it was not come from.
  readonly steps: number | null
}

// How long nothing scrolls before the place is noted: a browser refuses to note it all the time.
// When the page is left it is too late for it.
const kRest_ms = 350
// Browsers forget the oldest entries of a long history; so many they keep.
const kMostSteps = 20

export class Journey {
  // The window as it was last seen; where Escape leads to when it was not come from.
  lastWindow: WindowRoute = wholeWindow
  #seen: Visit | null = null
  #rows = 0
  // Whether the history's entry is of what is on the screen.
  #isThere = false
  #isGoingBack = false
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor() {
    history.scrollRestoration = 'manual'
    window.addEventListener('scroll', () => this.#noteSoon(), { passive: true })
  }

  // How many rows were on the page when the view at this address was left; 0 when it is new.
  get rows(): number {
    return entry().rows
  }

  // Notes a visit before it is on the screen: the address changes with what is shown. Gives what
  // to do when it is; null when it is the one that was there.
  arrive(visit: Visit | null, page: Page | null): (() => void) | null {
    const before = this.#seen
    if (!visit) return null
    if (visit === before) {
      this.#show(page)
      return null
    }
    const path = routePath(visit.route)
    const isStep = visit.step === 'forward' && path !== location.pathname + location.search
    if (isStep) this.#note()
    this.#isThere = false
    this.#seen = visit
    this.#show(page)
    if (visit.route.view === 'window') this.lastWindow = visit.route
    if (isStep) history.pushState(next(visit.route, { scrollY: 0, rows: 0 }), '', path)
    else history.replaceState(same(visit.route), '', path)
    return () => this.#settle(before, visit)
  }

  // The browser's own buttons have led to another entry, whose view is not on the screen yet.
  leave(): void {
    this.#isThere = this.#isGoingBack = false
    clearTimeout(this.#rest)
  }

  // Takes a step of the browser's own buttons back: the view that is shown is the last one again.
  stay(): void {
    this.#isGoingBack = false
    if (!this.#seen) return
    const { route } = this.#seen
    const left = { scrollY: window.scrollY, rows: this.#rows }
    history.pushState(next(route, left), '', routePath(route))
  }

  // Goes back to the window that was come from. False when there is none to go back to.
  backToWindow(): boolean {
    const { steps } = entry()
    if (steps === null || steps === 0 || steps > kMostSteps) return false
    // The browser takes a moment, in which the key may be pressed again.
    if (!this.#isGoingBack) history.go(-steps)
    this.#isGoingBack = true
    return true
  }

  #show(page: Page | null): void {
    const rows = rowsOf(page)
    if (rows === this.#rows) return
    this.#rows = rows
    this.#noteSoon()
  }

  #noteSoon(): void {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#note(), kRest_ms)
  }

  #note(): void {
    clearTimeout(this.#rest)
    if (!this.#isThere) return
    history.replaceState({ ...entry(), scrollY: window.scrollY, rows: this.#rows }, '')
  }

  // Places the scroll position in a view that is shown, and the focus in one that was not there.
  #settle(before: Visit | null, { route, step }: Visit): void {
    this.#isThere = true
    const isBack = step === 'back'
    const moves = before !== null && isMove(before.route, route)
    if (isBack || !before) window.scrollTo({ top: entry().scrollY, behavior: 'instant' })
    else if (moves) window.scrollTo({ top: 0, behavior: 'instant' })
    if (!moves) return
    const card = isBack && document.querySelector(`a.card[href="${routePath(before.route)}"]`)
    focusQuietly((card || document.querySelector('h1')) as HTMLElement | null)
  }
}

function entry(): Entry {
  return { scrollY: 0, rows: 0, steps: null, ...(history.state as Partial<Entry> | null) }
}

// The entry there is, as one of `route`.
function same({ view }: Route): Entry {
  return view === 'window' ? { ...entry(), steps: 0 } : entry()
}

// The entry after the one there is, of `route`.
function next({ view }: Route, left: Pick<Entry, 'scrollY' | 'rows'>): Entry {
  const { steps } = entry()
  if (view === 'window') return { ...left, steps: 0 }
  return { ...left, steps: steps === null ? null : steps + 1 }
}

function rowsOf(page: Page | null): number {
  if (page?.view === 'window') return page.shown
  return page?.view === 'manage' ? page.rows.length : 0
}

// Whether the visitor is somewhere else, and not only looking at the same thing differently.
function isMove(before: Route, after: Route): boolean {
  if (before.view !== after.view) return true
  if (before.view === 'product' && after.view === 'product') return before.id !== after.id
  return before.view === 'manage' && after.view === 'manage' && before.model !== after.model
}

export function focusQuietly(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true })
}
