// Remote: the way from a tab's worker to the worker that owns the catalog.
import type { PlainChanges } from '../change-listeners.js'
import type { Opened, Reply, Request } from './messages.js'
import type { Names, ToAll, ToOwner, ToTab } from './tabs.js'
import { kVersion } from '../version.js'

/** What a tab hears from its owner. */
export interface Hearing {
  /** There is an owner, of this version of the package, and it is not the one from before. */
  welcome(opened: Opened): void
  /** The owner is of another version: nothing can be asked of it. */
  estranged(version: string): void
  reply(reply: Reply): void
  changes(changes: PlainChanges): void
  /** It is alive. */
  heard(): void
}

export class Remote {
  readonly #client: string
  readonly #hearing: Hearing
  readonly #all: BroadcastChannel
  readonly #own: BroadcastChannel
  #owner = -1
  #isClosed = false

  constructor(names: Names, client: string, hearing: Hearing) {
    this.#client = client
    this.#hearing = hearing
    this.#all = new BroadcastChannel(names.all)
    this.#all.onmessage = ({ data }: MessageEvent<ToAll>) => {
      if ('owner' in data) this.join()
      else if ('starting' in data) hearing.heard()
    }
    this.#own = new BroadcastChannel(names.tab(client))
    this.#own.onmessage = ({ data }: MessageEvent<ToTab>) => this.#receive(data)
  }

  /** Makes itself known to the owner, if there is one. */
  join(): void {
    const message: ToAll = { join: this.#client }
    this.#all.postMessage(message)
  }

  /** Tells all others that an owner is on its way. */
  starting(): void {
    const message: ToAll = { starting: true }
    this.#all.postMessage(message)
  }

  ask(request: Request, until_ms: number): void {
    this.#send({ request, until_ms })
  }

  abort(id: number): void {
    this.#send({ abort: id })
  }

  ping(): void {
    this.#send({ ping: true })
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#send({ leave: true })
    this.#all.close()
    this.#own.close()
  }

  // Before the welcome nobody listens, and a tab that is welcomed asks everything again.
  #send(message: ToOwner): void {
    if (this.#owner !== -1) this.#own.postMessage(message)
  }

  #receive(message: ToTab): void {
    this.#hearing.heard()
    if ('reply' in message) return this.#hearing.reply(message.reply)
    if ('changes' in message) return this.#hearing.changes(message.changes)
    if (!('welcome' in message) || message.owner === this.#owner) return
    if (message.version !== kVersion) return this.#hearing.estranged(message.version)
    this.#owner = message.owner
    this.#hearing.welcome(message.welcome)
  }
}
