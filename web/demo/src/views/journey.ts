// Journey: the page's way through its views. Keeps the address bar, the scroll position and the
// focus as a visitor expects them after a step forward or back.
import { routePath, wholeWindow, type Route, type WindowRoute } from '../state/route'
import type { Visit } from '../state/state'

export class Journey {
  // The window as it was last seen; where Escape leads back to.
  lastWindow: WindowRoute = wholeWindow
  #seen: Visit | null = null

  constructor() {
    history.scrollRestoration = 'manual'
  }

  // Notes a visit before it is on the screen: the address changes with what is shown. Gives what
  // to do when it is; null when it is the one that was there.
  arrive(visit: Visit | null): (() => void) | null {
    const before = this.#seen
    if (!visit || visit === before) return null
    this.#seen = visit
    if (visit.route.view === 'window') this.lastWindow = visit.route
    writeAddress(routePath(visit.route), visit.step)
    return before && isMove(before.route, visit.route)
      ? () => settle(before.route, visit.step === 'back')
      : null
  }

  // Takes a step of the browser's own buttons back: the view that is shown is the last one again.
  stay(): void {
    if (this.#seen) history.pushState(null, '', routePath(this.#seen.route))
  }
}

function writeAddress(path: string, step: Visit['step']): void {
  if (step !== 'forward' || path === location.pathname + location.search) {
    history.replaceState(history.state, '', path)
    return
  }
  history.replaceState({ scrollY: window.scrollY }, '')
  history.pushState(null, '', path)
}

// Places the focus and the scroll position in a view that was not there before.
function settle(before: Route, isBack: boolean): void {
  const scrollY = (history.state as { scrollY?: number } | null)?.scrollY ?? 0
  window.scrollTo({ top: isBack ? scrollY : 0, behavior: 'instant' })
  const card = isBack && document.querySelector(`a.card[href="${routePath(before)}"]`)
  focusQuietly((card || document.querySelector('h1')) as HTMLElement | null)
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
