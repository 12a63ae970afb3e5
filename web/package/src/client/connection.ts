// Connection: the page's end of a catalog in a worker. Every request is one message there and one
// back; what has no answer when the worker fails, fails with it. A page that is put aside for a
// step back gives its worker up, and with it the catalog's lock; shown again, it starts another.
import { ChangeListeners } from '../change-listeners.js'
import type { ChangeListener, PlainChanges } from '../change-listeners.js'
import { CatalogError } from '../errors.js'
import type { Failure } from '../errors.js'
import { readShape } from '../packet/shape.js'
import type { ShapeNode } from '../packet/shape.js'
import { quietly } from '../watchers.js'
import type { Watcher } from '../watchers.js'
import type {
  FromWorker,
  Opened,
  Opening,
  Operation,
  Port,
  Reply,
  Request,
  ToWorker,
} from '../worker/messages.js'
import { whenPutAside } from './put-aside.js'

interface Pending {
  readonly request: Request
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: unknown) => void
  /** Whether a worker has it; it may be one that is gone. */
  isSent: boolean
}

type WorkerPort = Port<ToWorker, FromWorker>

/** Where in which transaction a request belongs. */
export interface Place {
  readonly lease: number
  readonly depth: number
}

const kOutside: Place = { lease: 0, depth: 0 }

/** Of a page's worker: there, given up, or on its way again. */
type Presence = 'here' | 'aside' | 'returning'

export class Connection {
  readonly #start: () => WorkerPort
  #port: WorkerPort
  readonly #pending = new Map<number, Pending>()
  readonly #watchers = new Set<Watcher>()
  readonly #listeners = new ChangeListeners()
  // What the first worker told of it, once it was open.
  #opened: Opened | null = null
  #isListening = false
  #commits = 0
  #last = 0
  #epoch = 0
  readonly #shapes = new Map<number, ShapeNode>()
  #opening: { resolve: (opened: Opened) => void; reject: (error: unknown) => void } | null = null
  #presence: Presence = 'here'
  #stay: () => void = () => undefined
  #return: () => void = () => undefined
  #closing: Promise<void> | null = null
  #closed: () => void = () => undefined
  #failure: Failure | null = null

  /** `start` starts a worker. */
  constructor(start: () => WorkerPort) {
    this.#start = start
    this.#port = this.#started()
  }

  #started(): WorkerPort {
    const port = this.#start()
    port.onmessage = (message) => this.#receive(message)
    port.onfailure = (failure) => this.#fail(failure)
    return port
  }

  open(opening: Opening, signal: AbortSignal | null): Promise<Opened> {
    return new Promise((resolve, reject) => {
      const give = (): void => {
        reject(aborted(signal as AbortSignal))
        this.#stay()
        this.#port.close()
      }
      if (signal?.aborted === true) return give()
      signal?.addEventListener('abort', give, { once: true })
      const done = (): void => signal?.removeEventListener('abort', give)
      this.#opening = {
        resolve: (opened) => (done(), resolve(opened)),
        reject: (error) => (done(), reject(error)),
      }
      this.#port.post({ open: opening }, [])
      // What is kept nowhere would be gone with its worker.
      if (opening.storage !== 'memory') this.#stay = this.#watchPage(opening)
    })
  }

  #watchPage(opening: Opening): () => void {
    const leave = (): void => {
      if (this.#closing !== null) return this.#end()
      this.#presence = 'aside'
      this.#port.close()
    }
    this.#return = () => {
      this.#presence = 'returning'
      this.#port = this.#started()
      this.#port.post({ open: again(opening, this.#opened) }, [])
    }
    return whenPutAside(leave, () => this.#presence === 'aside' && this.#return())
  }

  /** The number that the next request will have. */
  get next(): number {
    return this.#last + 1
  }

  ask(operation: Operation, place: Place, signal: AbortSignal | null = null): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#check()
      if (this.#failure !== null) throw new CatalogError(this.#failure)
      if (signal?.aborted === true) throw aborted(signal)
      const id = ++this.#last
      const give = (): void => {
        if (!this.#pending.delete(id)) return
        this.#port.post({ abort: id }, [])
        reject(aborted(signal as AbortSignal))
      }
      const done = (): void => signal?.removeEventListener('abort', give)
      const pending: Pending = {
        request: { id, ...place, operation },
        isSent: false,
        resolve: (reply) => (done(), resolve(reply)),
        reject: (error) => (done(), reject(error)),
      }
      this.#pending.set(id, pending)
      signal?.addEventListener('abort', give, { once: true })
      if (this.#presence === 'here') this.#send(pending)
    })
  }

  #check(): void {
    if (this.#closing !== null) throw closed()
  }

  // What cannot be cloned is a mistake in the arguments.
  #send(pending: Pending): void {
    const { request, isSent } = pending
    try {
      this.#port.post({ request: isSent ? { ...request, again: true } : request }, [])
      pending.isSent = true
    } catch (cause) {
      const message = 'The argument cannot be stored: use plain values.'
      pending.reject(new CatalogError({ code: 'VALIDATION', message, cause }))
      this.#pending.delete(request.id)
    }
  }

  /** What packets of this number look like. */
  shape(number: number): ShapeNode {
    return this.#shapes.get(number) as ShapeNode
  }

  /** Calls `watcher` with each statement from now on; what it returns ends that. */
  watch(watcher: Watcher): () => void {
    this.#check()
    const own: Watcher = (statement) => watcher(statement)
    if (this.#watchers.size === 0) this.#switch(true)
    this.#watchers.add(own)
    return () => {
      if (this.#watchers.delete(own) && this.#watchers.size === 0) this.#switch(false)
    }
  }

  #switch(on: boolean): void {
    this.#request({ do: 'watch', on })
  }

  // A catalog that is closed, or has failed, has nothing to tell.
  #request(operation: Operation): void {
    this.ask(operation, kOutside).catch(() => undefined)
  }

  /** How many commits this page was told of. */
  get commits(): number {
    return this.#commits
  }

  /** Asks to be told of commits from now on; what is asked after it misses none. */
  listen(): void {
    if (!this.#isListening) void this.#hear()
    this.#isListening = true
  }

  // An owner that gave no answer is asked again: else this page would hear nothing for ever.
  async #hear(): Promise<void> {
    for (let isLate = false; this.#closing === null && this.#failure === null; isLate = true) {
      try {
        await this.ask({ do: 'listen' }, kOutside)
        if (isLate) this.#tellAll()
        return
      } catch {
        continue
      }
    }
  }

  /** Calls `listener` with what each commit changed; what it returns ends that. */
  onChange(listener: ChangeListener): () => void {
    this.#check()
    this.listen()
    return this.#listeners.add(listener)
  }

  #tell(changes: PlainChanges): void {
    this.#commits++
    this.#listeners.tell(changes)
  }

  // What was committed on the way is not known: anything may have changed.
  #move(): void {
    if (this.#watchers.size > 0) this.#switch(true)
    if (!this.#isListening) return
    void this.#hear()
    this.#tellAll()
  }

  #tellAll(): void {
    const models = this.#opened?.description.models ?? []
    this.#tell(Object.fromEntries(models.map(({ table }) => [table, 'all'])))
  }

  /** Ends after the requests before it. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve
      if (this.#failure !== null) return this.#end()
      if (this.#presence === 'here') this.#port.post({ close: true }, [])
      else if (this.#presence === 'aside') this.#end()
    })
    return this.#closing
  }

  #receive(message: FromWorker): void {
    if ('reply' in message) return this.#settle(message.reply)
    if ('opened' in message) return this.#welcome(message.opened)
    if ('failed' in message) return this.#miss(message.failed)
    if ('changes' in message) return this.#tell(message.changes)
    if ('moved' in message) return this.#move()
    this.#end()
  }

  #welcome(opened: Opened): void {
    const isFirst = this.#opened === null
    this.#opened = opened
    this.#opening?.resolve(opened)
    if (this.#presence === 'here') return
    this.#presence = 'here'
    for (const pending of this.#pending.values()) this.#send(pending)
    if (this.#closing !== null) this.#port.post({ close: true }, [])
    else if (!isFirst) this.#move()
  }

  #settle(reply: Reply): void {
    if (reply.epoch !== undefined && reply.epoch !== this.#epoch) {
      this.#epoch = reply.epoch
      this.#shapes.clear()
    }
    if (reply.shape !== undefined && reply.answer?.kind === 'packet') {
      this.#shapes.set(reply.answer.shape, readShape(reply.shape))
    }
    for (const statement of reply.statements ?? []) {
      for (const watcher of this.#watchers) quietly(watcher, statement)
    }
    const pending = this.#pending.get(reply.id)
    this.#pending.delete(reply.id)
    if (reply.failure === undefined) pending?.resolve(reply)
    else pending?.reject(new CatalogError(reply.failure))
  }

  // A page that comes back waits on for a silent owner: that one may wake, or go.
  #miss(failure: Failure): void {
    const isSilent = failure.code === 'LEADER_UNRESPONSIVE' && this.#presence === 'returning'
    if (!isSilent || this.#opened === null || this.#closing !== null) return this.#fail(failure)
    this.#refuse(new CatalogError(failure))
    this.#port.close()
    this.#return()
  }

  #fail(failure: Failure): void {
    this.#failure = failure
    this.#opening?.reject(new CatalogError(failure))
    this.#end(new CatalogError(failure))
    // Live queries look again, and tell who follows them that they cannot.
    if (this.#isListening) this.#tellAll()
  }

  #end(error: CatalogError = closed()): void {
    this.#refuse(error)
    this.#stay()
    this.#port.close()
    this.#closed()
  }

  #refuse(error: CatalogError): void {
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}

// Where it was before, be it chosen then: elsewhere it would be empty. Nor with the backup that it
// began with: what was written since would be put aside.
function again(opening: Opening, opened: Opened | null): Opening {
  if (opened === null) return opening
  const others = { ...opening, storage: opened.kind }
  delete others.backup
  return others
}

function closed(): CatalogError {
  return new CatalogError({ code: 'CLOSED', message: 'This catalog is closed: open it again.' })
}

/** What a call fails with that its signal has ended. */
export function aborted(signal: AbortSignal): CatalogError {
  const message = 'The call was given up, as its signal asked.'
  return new CatalogError({ code: 'ABORTED', message, cause: signal.reason })
}
