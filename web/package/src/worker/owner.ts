// Owner: the side of the owning worker that other tabs see. It welcomes those that join, passes
// their requests to the host, and notices when one is gone.
import { CatalogError } from '../errors.js'
import type { Client } from './client.js'
import { failureOf } from './failures.js'
import { Host } from './host.js'
import type { Kept } from './kept.js'
import { watchEnd } from './locks.js'
import type { StorageKind } from '../types/storage.js'
import type { Opened } from './messages.js'
import type { Names, ToAll, ToOwner, ToTab } from './tabs.js'
import { kVersion } from '../version.js'

interface Tab {
  readonly client: Client
  readonly channel: BroadcastChannel
  readonly watch: AbortController
}

export class Owner {
  readonly host: Host
  readonly opened: Opened
  /** Tells this owner from those before it. */
  readonly number = Math.floor(Math.random() * 2 ** 52)
  readonly #names: Names
  readonly #all: BroadcastChannel
  readonly #tabs = new Map<string, Tab>()

  /** Calls `replaced` when another worker says that it is the owner. */
  constructor(
    names: Names,
    kind: StorageKind,
    kept: Kept,
    replaced: (error: CatalogError) => void,
  ) {
    this.#names = names
    this.host = new Host(kept)
    this.opened = { kind, description: kept.core.describe() }
    this.#all = new BroadcastChannel(names.all)
    this.#all.onmessage = ({ data }: MessageEvent<ToAll>) => {
      if ('join' in data) this.#join(data.join)
      else if ('owner' in data) {
        this.#end()
        replaced(begunAnew())
      }
    }
    const ready: ToAll = { owner: this.number }
    this.#all.postMessage(ready)
  }

  /** `own`: the tab that it is in. */
  async close(own: Client): Promise<void> {
    await this.host.close(own)
    this.#end()
  }

  #end(): void {
    this.#all.close()
    for (const name of this.#tabs.keys()) this.#leave(name)
  }

  // A tab that joins again missed the welcome: its requests are known.
  #join(name: string): void {
    const tab = this.#tabs.get(name) ?? this.#admit(name)
    this.#tabs.set(name, tab)
    post(tab.channel, { welcome: this.opened, owner: this.number, version: kVersion })
  }

  #admit(name: string): Tab {
    const channel = new BroadcastChannel(this.#names.tab(name))
    channel.onmessage = ({ data }: MessageEvent<ToOwner>) => this.#receive(name, data)
    const watch = new AbortController()
    watchEnd(this.#names.tab(name), () => this.#leave(name), watch.signal)
    // A call that runs may end when its tab is gone.
    const answer = (message: ToTab): void => {
      if (!watch.signal.aborted) post(channel, message)
    }
    const send: Client['send'] = (reply) => answer({ reply })
    const tell: Client['tell'] = (changes) => answer({ changes })
    return { client: { name, isRemote: true, send, tell }, channel, watch }
  }

  #receive(name: string, message: ToOwner): void {
    const { client, channel } = this.#tabs.get(name) as Tab
    if ('ping' in message) post(channel, { pong: true })
    else if ('abort' in message) this.host.abort(client, message.abort)
    else if ('leave' in message) this.#leave(name)
    else if (Date.now() < message.until_ms) this.host.receive(client, message.request)
    // The tab may have heard of this owner again before it gave up by itself.
    else client.send({ id: message.request.id, failure: failureOf(silent()) }, [])
  }

  #leave(name: string): void {
    const tab = this.#tabs.get(name)
    if (tab === undefined) return
    this.#tabs.delete(name)
    tab.watch.abort()
    tab.channel.close()
    this.host.leave(tab.client)
  }
}

/** The owner's tab is frozen, or hangs: nobody can take its files away from it. */
export function silent(): CatalogError {
  const message =
    'The tab that has the catalog open does not answer: bring it to the front, or close it.'
  return new CatalogError({ code: 'LEADER_UNRESPONSIVE', message })
}

// A browser that clears the site's data forgets its locks, too: who comes then gets this one's.
function begunAnew(): CatalogError {
  const message =
    'Another tab has begun the catalog anew, as when the site’s data is cleared: load the page ' +
    'again.'
  return new CatalogError({ code: 'BUSY', message })
}

function post(channel: BroadcastChannel, message: ToTab): void {
  channel.postMessage(message)
}
