// Core: the state, the shop that is open, and the page shown of it: what all actions share. It
// tells its listeners of every change, and never throws for what a visitor can meet.
import type { Progress } from '../catalog/gallery'
import type { Shop } from '../catalog/shop'
import { lookAnew } from './look'
import { loadPage } from './page'
import { failureWords } from './problems'
import type { Route } from './route'
import { openingState, type Notice, type State } from './state'
import { capitalised } from './words'

// Products or rows on a page before "show more"; enough to fill a large screen.
export const kStep = 120

export class Core {
  shop: Shop | null = null
  limit = kStep
  #state: State
  #stopping: AbortController | null = null
  // Counts the pages asked for: an older one that arrives late is not shown.
  #turn = 0
  readonly #listeners = new Set<(state: State) => void>()
  readonly #followers = new Set<() => void>()

  constructor(route: Route) {
    this.#state = openingState(route)
  }

  get state(): State {
    return this.#state
  }

  subscribe(listener: (state: State) => void): void {
    this.#listeners.add(listener)
  }

  change(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part }
    for (const listener of this.#listeners) listener(this.#state)
  }

  // Calls `listener` when any tab has changed the shop.
  whenChanged(listener: () => void): void {
    this.#followers.add(listener)
  }

  say(words: string): void {
    this.change({ notice: { tone: 'done', words } })
  }

  // Says `words` while `work` is done, and the message that it leaves after that. Only one such
  // work is done at a time: another that is asked for meanwhile is not begun.
  async busily(words: string, work: (progress: Progress) => Promise<void>): Promise<void> {
    if (this.#state.work) return
    const stopping = (this.#stopping = new AbortController())
    const onProgress = (part: number) => this.change({ work: { words, part } })
    this.change({ work: { words, part: null } })
    try {
      await work({ signal: stopping.signal, onProgress })
    } finally {
      this.change({ work: null })
    }
  }

  // Gives up what is being done, where that can be.
  stop(): void {
    this.#stopping?.abort()
  }

  // Loads the page that is wanted anew, and shows it together with `part`. Of pages that were asked
  // for one after the other only the last is shown; the parts of all are.
  async reload(part: Partial<State> = {}): Promise<void> {
    if (!this.shop) return this.change(part)
    const turn = ++this.#turn
    const page = await loadPage(this.shop, this.#state.wanted.route, this.limit)
    if (turn !== this.#turn) return this.change(part)
    const { wanted: shown, look } = this.#state
    this.change({ page, shown, look: lookAnew(page, look), ...part })
  }

  // Loads the page anew after a change, unless whoever made it does so by itself.
  async follow(): Promise<void> {
    const turn = this.#turn
    for (const listener of this.#followers) listener()
    void this.guarded((shop) => this.#checkUndo(shop))
    // The answer to this tab's own call comes right behind the news of what it changed.
    await new Promise((resolve) => setTimeout(resolve))
    if (turn === this.#turn) await this.reload()
  }

  // A message offers to take back what it speaks of only while that is the last change.
  async #checkUndo(shop: Shop): Promise<void> {
    const { notice } = this.#state
    const isPast =
      (notice?.undo && (await shop.steps.placeOf(notice.undo)) !== 'last') ||
      (notice?.copy && !(await shop.copies.isLast(notice.copy)))
    if (!isPast || this.#state.notice !== notice) return
    this.change({ notice: { ...notice, undo: null, copy: null } })
  }

  // Runs `work` on the open shop. A failure becomes a notice, unless `failed` gives another beside
  // what it changes, and the page shows what is there now.
  async guarded(
    work: (shop: Shop) => void | Promise<void>,
    failed: (error: unknown) => Partial<State> = () => ({}),
  ): Promise<void> {
    if (!this.shop) return
    try {
      await work(this.shop)
    } catch (error) {
      const notice: Notice = { tone: 'problem', words: capitalised(failureWords(error)) }
      this.change({ notice, ...failed(error) })
      // The reason has been said; that the page cannot be loaded either adds nothing to it.
      await this.reload().catch(() => undefined)
    }
  }
}
