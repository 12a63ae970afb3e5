// What the workers of tabs say to each other. One channel for all of a catalog's tabs, to find the
// owner; one for each pair of owner and tab, for requests and replies.
import type { PlainChanges } from '../change-listeners.js'
import type { Opened, Reply, Request } from './messages.js'

/** On the channel of all. */
export type ToAll =
  /** A tab looks for the owner. */
  | { readonly join: string }
  /** An owner is ready: whoever had another joins this one. */
  | { readonly owner: number }
  /** A tab has its turn, and loads what it needs. */
  | { readonly starting: true }

/** From a tab to the owner, on the channel of the two. */
export type ToOwner =
  /** Not to be begun after `until_ms`: the tab has given up then. */
  | { readonly request: Request; readonly until_ms: number }
  | { readonly abort: number }
  | { readonly ping: true }
  | { readonly leave: true }

/** From the owner to a tab, on the channel of the two. */
export type ToTab =
  /** Of another version than the tab's, nothing else that it says is to be believed. */
  | { readonly welcome: Opened; readonly owner: number; readonly version: string }
  | { readonly reply: Reply }
  | { readonly changes: PlainChanges }
  | { readonly pong: true }

/** The names under which the tabs of one catalog meet. */
export class Names {
  readonly #start: string

  constructor(kind: string, name: string) {
    this.#start = `vitrine/${kind}/${name}`
  }

  get all(): string {
    return this.#start
  }

  /** The lock of the owner. */
  get owner(): string {
    return `${this.#start}/owner`
  }

  /** The channel of a tab and its owner, and the lock that the tab holds while it is there. */
  tab(client: string): string {
    return `${this.#start}/tab/${client}`
  }
}
