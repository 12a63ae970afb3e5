// Station: the worker of one tab. It knows what its page still waits for, and who owns the catalog:
// itself, when it got the lock, or another tab. When the owner changes, what is unanswered is asked
// again; when the owner is silent for too long, it fails.
import { CatalogError } from '../errors.js'
import type { Client } from './client.js'
import { failureOf } from './failures.js'
import type { Kept } from './kept.js'
import { hold } from './locks.js'
import type { Held } from './locks.js'
import type { FromWorker, Opened, Opening, Reply, Request } from './messages.js'
import type { StorageKind } from '../types/storage.js'
import type { ToWorker } from './messages.js'
import { isWrite } from './ledger.js'
import { Owner, silent } from './owner.js'
import { Remote } from './remote.js'
import { fetchAhead, orUnavailable } from './start.js'
import { answerLost } from './stored-answer.js'
import { Names } from './tabs.js'
import { otherOwner } from '../version.js'

/** How long a tab waits for a sign of life. An owner is silent while it runs one long call. */
const kSilence_ms = 15_000
const kLook_ms = 1_000

type Post = (message: FromWorker, transfer: readonly ArrayBuffer[]) => void

interface Asked {
  readonly request: Request
  readonly asked_ms: number
}

export class Station {
  readonly #post: Post
  readonly #kind: StorageKind
  readonly #opening: Opening
  readonly #keep: (opening: Opening) => Promise<Kept>
  readonly #names: Names
  readonly #client: Client
  readonly #unanswered = new Map<number, Asked>()
  readonly #ending = new AbortController()
  readonly #remote: Remote
  #owner: Owner | null = null
  #lock: Held | null = null
  #own: Held | null = null
  #isOpen = false
  #heard_ms = Date.now()
  #timer: ReturnType<typeof setInterval> | undefined
  #idle: () => void = () => undefined

  /** `keep` opens the files, once this tab is the one that may. */
  constructor(
    post: Post,
    kind: StorageKind,
    opening: Opening,
    keep: (opening: Opening) => Promise<Kept>,
  ) {
    this.#post = post
    this.#kind = kind
    this.#opening = opening
    this.#keep = keep
    this.#names = new Names(kind, opening.name)
    const client = crypto.randomUUID()
    const send: Client['send'] = (reply, transfer) => this.#settle(reply, transfer)
    const tell: Client['tell'] = (changes) => post({ changes }, [])
    this.#client = { name: client, isRemote: false, send, tell }
    this.#remote = new Remote(this.#names, client, {
      welcome: (opened) => this.#join(opened),
      estranged: (version) => this.#give(otherOwner(version)),
      reply: (reply) => this.#settle(reply, []),
      changes: tell,
      heard: () => (this.#heard_ms = Date.now()),
    })
  }

  async open(): Promise<void> {
    this.#timer = setInterval(() => this.#look(), kLook_ms)
    try {
      this.#own = await hold(this.#names.tab(this.#client.name))
      this.#remote.join()
      this.#lock = await hold(this.#names.owner, this.#ending.signal)
      if (this.#lock !== null) await this.#take()
    } catch (error) {
      this.#give(error)
    } finally {
      if (this.#owner === null) this.#lock?.release()
    }
  }

  // This tab's turn: whoever had the catalog is gone.
  async #take(): Promise<void> {
    const kept = await this.#keep(this.#opening)
    if (this.#ending.signal.aborted) return discard(kept)
    this.#remote.close()
    this.#owner = new Owner(this.#names, this.#kind, kept, (error) => this.#give(error))
    this.#welcome(this.#owner.opened)
  }

  // Another tab has the catalog: there is nothing to mend, and this tab must not do so later.
  #join(opened: Opened): void {
    if (this.#opening.backup !== undefined) return this.#give(openElsewhere())
    this.#welcome(opened)
    fetchAhead(this.#opening)
  }

  #welcome(opened: Opened): void {
    this.#post(this.#isOpen ? { moved: true } : { opened }, [])
    this.#isOpen = true
    this.#heard_ms = Date.now()
    for (const { request } of this.#unanswered.values()) this.#ask({ ...request, again: true })
  }

  receive(message: ToWorker): void {
    if ('request' in message && isUncertain(message.request)) this.#refuse(message.request)
    else if ('request' in message) this.#ask(message.request)
    else if ('abort' in message) this.#abort(message.abort)
    else void this.#close()
  }

  #refuse({ id }: Request): void {
    this.#post({ reply: { id, failure: failureOf(answerLost()) } }, [])
  }

  #ask(request: Request): void {
    const asked_ms = Date.now()
    this.#unanswered.set(request.id, { request, asked_ms })
    if (this.#owner !== null) return this.#owner.host.receive(this.#client, request)
    const [oldest] = this.#unanswered.keys()
    this.#remote.ask({ ...request, acknowledged: oldest - 1 }, asked_ms + kSilence_ms)
  }

  #abort(id: number): void {
    this.#forget(id)
    if (this.#owner === null) this.#remote.abort(id)
    else this.#owner.host.abort(this.#client, id)
  }

  #settle(reply: Reply, transfer: readonly ArrayBuffer[]): void {
    const isAwaited = this.#forget(reply.id)
    // The owner says once what rows look like, be it to a call that was given up.
    if (isAwaited || reply.shape !== undefined) this.#post({ reply }, transfer)
  }

  #forget(id: number): boolean {
    const wasAsked = this.#unanswered.delete(id)
    if (this.#unanswered.size === 0) this.#idle()
    return wasAsked
  }

  #look(): void {
    if (this.#owner !== null) return
    if (this.#lock !== null) return this.#remote.starting()
    const silent_ms = Date.now() - this.#heard_ms
    if (silent_ms > kLook_ms) this.#remote.ping()
    if (silent_ms < kSilence_ms) return
    const error = silent()
    for (const [id, { asked_ms }] of this.#unanswered) {
      // By then the owner does not begin it any more, should it wake.
      if (Date.now() - asked_ms >= kSilence_ms) this.#settle({ id, failure: failureOf(error) }, [])
    }
    if (!this.#isOpen) this.#give(error)
  }

  #give(error: unknown): void {
    this.#leave()
    this.#post({ failed: failureOf(orUnavailable(error, this.#opening.storage)) }, [])
  }

  #leave(): void {
    clearInterval(this.#timer)
    this.#ending.abort()
    this.#remote.close()
    this.#own?.release()
  }

  // An owner ends by itself what it was asked before; another tab's owner is waited for.
  async #answered(): Promise<void> {
    if (this.#owner !== null || this.#unanswered.size === 0) return
    await new Promise<void>((resolve) => (this.#idle = resolve))
  }

  async #close(): Promise<void> {
    await this.#answered()
    this.#leave()
    await this.#owner?.close(this.#client)
    this.#lock?.release()
    this.#post({ closed: true }, [])
  }
}

// Whether the worker that this page had before may have done it.
function isUncertain({ again, operation }: Request): boolean {
  return again === true && (isWrite(operation) || operation.do === 'commit')
}

async function discard(kept: Kept): Promise<void> {
  kept.core.close()
  await kept.release()
}

function openElsewhere(): CatalogError {
  const message =
    'Another tab has the catalog open, so it is not damaged: open it without the option backup, ' +
    'and call restore().'
  return new CatalogError({ code: 'BUSY', path: 'backup', message })
}
