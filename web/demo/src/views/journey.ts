// Journey: the page's way through its views. Keeps the address bar, the scroll position and the
// focus as a visitor expects them after a step forward or back.
import type { Action } from '../state/actions'
import { routePath, wholeWindow, type Route, type WindowRoute } from '../state/route'
import type { State } from '../state/store'

export class Journey {
  // The window as it was last seen; where Escape leads back to.
  lastWindow: WindowRoute = wholeWindow
  #isBack = false
  #seen: Route | null = null

  constructor() {
    history.scrollRestoration = 'manual'
  }

  // Notes a step to the view at `path`, before it is shown.
  leave(path: string, replace: boolean): void {
    if (replace || path === location.pathname + location.search) {
      history.replaceState(history.state, '', path)
      return
    }
    history.replaceState({ scrollY: window.scrollY }, '')
    history.pushState(null, '', path)
  }

  // Notes a step of the browser's own buttons.
  arrive(): void {
    this.#isBack = true
  }

  // After the view is on the screen: places the focus and the scroll position.
  settle(action: Action, { route, dialog }: State): void {
    const before = this.#seen
    const isBack = this.#isBack
    if (route.view === 'window') this.lastWindow = route
    this.#seen = route
    this.#isBack = false
    const canMove = action.kind === 'go' || action.kind === 'delete'
    if (canMove && before && isMove(before, route)) this.#settleMove(before, isBack)
    if (!dialog && document.activeElement === document.body && action.kind === 'delete') {
      focusQuietly(document.querySelector('h1'))
    }
  }

  #settleMove(before: Route, isBack: boolean): void {
    const scrollY = (history.state as { scrollY?: number } | null)?.scrollY ?? 0
    window.scrollTo({ top: isBack ? scrollY : 0, behavior: 'instant' })
    const card = isBack && document.querySelector(`a.card[href="${routePath(before)}"]`)
    focusQuietly((card || document.querySelector('h1')) as HTMLElement | null)
  }
}

// Whether the visitor is somewhere else, and not only looking at the same thing differently.
function isMove(before: Route, after: Route): boolean {
  if (before.view !== after.view) return true
  if (before.view === 'product' && after.view === 'product') return before.id !== after.id
  return before.view === 'manage' && after.view === 'manage' && before.model !== after.model
}

function focusQuietly(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true })
}
