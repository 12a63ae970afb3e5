// Host: the owner of an open catalog. It runs the requests of every tab, one after the other, each
// to its end before the next. A transaction keeps all others out until it ends; one that asks for
// nothing for too long, or whose tab is gone, is taken back.
import { CatalogError } from '../errors.js'
import type { Maybe } from '../maybe.js'
import type { Answer } from '../wasm/engine.js'
import { Calling } from './calling.js'
import type { Client } from './client.js'
import { failureOf } from './failures.js'
import { Jobs } from './jobs.js'
import type { Job } from './jobs.js'
import type { Kept } from './kept.js'
import { Ledger } from './ledger.js'
import { answerLost } from './stored-answer.js'
import { buffersOf } from './messages.js'
import { isRead, withBytes } from './reading.js'
import type { ReadJob } from './reading.js'
import type { Operation, Request } from './messages.js'

/** How long a transaction may ask for nothing. Its function then waits for something else. */
const kLeaseIdle_ms = 10_000

/** Who asks for nothing for so long waits for nothing either. */
const kRest_ms = 250

interface Lease {
  readonly client: Client
  readonly number: number
}

export class Host {
  readonly #kept: Kept
  readonly #jobs = new Jobs((job) => this.#refuse(job, busy()))
  readonly #ledger: Ledger
  #calling: Calling
  #lease: Lease | null = null
  #leaseTimer: ReturnType<typeof setTimeout> | undefined
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #running = false
  #closer: Client | null = null
  #isClosed = false
  #idle: () => void = () => undefined

  constructor(kept: Kept) {
    this.#kept = kept
    this.#ledger = new Ledger(() => kept.core)
    this.#calling = new Calling(kept)
  }

  receive(client: Client, request: Request): void {
    this.#jobs.add({ client, request })
    void this.#run()
  }

  /** Forgets a request that has not begun. */
  abort(client: Client, id: number): void {
    this.#jobs.remove((job) => job.client === client && job.request.id === id)
  }

  /** Takes back what a tab that is gone had begun. */
  leave(client: Client): void {
    this.#jobs.remove((job) => job.client === client)
    this.#calling.forget(client)
    if (this.#lease?.client === client) this.#expire()
  }

  /**
   * Ends the catalog for `client`, whose it is, after the requests that can run. Its own open
   * transaction is taken back; one of another tab is let end first, and none is begun after it.
   */
  async close(client: Client): Promise<void> {
    this.#closer = client
    while (this.#running || (this.#lease !== null && this.#lease.client !== client)) {
      await new Promise<void>((resolve) => (this.#idle = resolve))
    }
    if (this.#isClosed) return
    this.#isClosed = true
    this.#jobs.remove(() => true)
    clearTimeout(this.#restTimer)
    this.#endLease()
    this.#kept.core.close()
    await this.#kept.release()
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let job = this.#next(); job !== undefined; job = this.#next()) await this.#serve(job)
    this.#running = false
    clearTimeout(this.#restTimer)
    this.#restTimer = setTimeout(() => this.#rest(), kRest_ms)
    this.#idle()
  }

  #rest(): void {
    if (this.#running || this.#isClosed || this.#kept.core.depth > 0) return
    try {
      this.#kept.core.tidy()
    } catch {
      // Whatever has failed here fails again for the next request, which is told.
    }
  }

  #next(): Job | undefined {
    return this.#isClosed ? undefined : this.#jobs.take((job) => this.#fits(job))
  }

  // Only the innermost transaction is served, so that nothing lands in another's savepoint; what
  // belongs to one that has ended is told so.
  #fits(job: Job): boolean {
    if (this.#isLost(job)) return true
    return job.request.depth === this.#kept.core.depth && !this.#isForNext(job)
  }

  // What other tabs begin when this owner is going they ask of the next one.
  #isForNext({ client, request }: Job): boolean {
    return this.#closer !== null && client !== this.#closer && request.depth === 0
  }

  #isLost({ client, request }: Job): boolean {
    if (request.depth === 0) return false
    return this.#lease?.client !== client || this.#lease.number !== request.lease
  }

  async #serve(job: Job): Promise<void> {
    try {
      if (this.#isAnswered(job)) return
      const answer = await this.#answer(isRead(job) ? job : await withBytes(job))
      if (this.#kept.core.depth === 0) await this.#settle()
      this.#reply(job, answer)
    } catch (error) {
      this.#refuse(job, error)
    }
  }

  // What took effect before, while its answer was lost on the way, is only answered again.
  #isAnswered({ client, request }: Job): boolean {
    if (request.again !== true) return false
    const { operation } = request
    if (isUnrepeatable(operation)) throw answerLost()
    const stored = this.#ledger.find(client.name, request.id)
    if (stored === null) return false
    const { answer, shape } = stored
    const reply = { id: request.id, answer, epoch: this.#calling.epoch }
    client.send({ ...reply, ...(shape !== null && { shape }) }, [])
    return true
  }

  async #settle(): Promise<void> {
    try {
      await this.#kept.durable()
    } catch (error) {
      this.#calling = this.#calling.moved()
      this.#ledger.forget()
      throw error
    }
  }

  #answer(job: ReadJob): Maybe<Answer> {
    if (this.#isLost(job)) throw lost()
    const { client, request } = job
    const { core } = this.#kept
    try {
      const { operation } = request
      if (operation.do === 'begin') return this.#begin(client, request)
      if (operation.do === 'commit') return this.#commit(client, request)
      if (operation.do !== 'rollback') return this.#work(job)
      core.rollback()
      return { kind: 'nothing' }
    } finally {
      this.#watchLease()
    }
  }

  #begin(client: Client, { id, depth }: Request): Answer {
    this.#kept.core.begin()
    if (depth === 0) this.#lease = { client, number: id }
    return { kind: 'nothing' }
  }

  #commit(client: Client, request: Request): Answer {
    const answer: Answer = { kind: 'nothing' }
    if (client.isRemote && request.depth === 1) this.#ledger.note(client.name, request, answer)
    this.#kept.core.commit()
    return answer
  }

  // What a tab elsewhere writes is noted in the same transaction.
  #work({ client, request }: ReadJob): Maybe<Answer> {
    const { operation } = request
    if (isExchange(operation.do)) this.#ledger.forget()
    const work = (): Maybe<Answer> => this.#calling.answer(client, operation)
    if (!client.isRemote || request.depth > 0) return work()
    return this.#ledger.runAndNote(client.name, request, work)
  }

  #watchLease(): void {
    clearTimeout(this.#leaseTimer)
    if (this.#kept.core.depth === 0) this.#lease = null
    else this.#leaseTimer = setTimeout(() => this.#expire(), kLeaseIdle_ms)
  }

  #expire(): void {
    this.#endLease()
    void this.#run()
  }

  #endLease(): void {
    clearTimeout(this.#leaseTimer)
    this.#lease = null
    try {
      while (this.#kept.core.depth > 0) this.#kept.core.rollback()
    } catch {
      // What SQLite undid by itself needs no rollback.
    }
  }

  #reply({ client, request }: Job, answer: Answer): void {
    const { shape, statements } = this.#calling.beside(client, answer)
    const reply = { id: request.id, answer, epoch: this.#calling.epoch }
    client.send(
      { ...reply, ...(shape !== null && { shape }), ...(statements.length > 0 && { statements }) },
      buffersOf(answer),
    )
  }

  #refuse({ client, request }: Job, error: unknown): void {
    const statements = this.#calling.statements(client)
    client.send({ id: request.id, failure: failureOf(error), statements }, [])
  }
}

// A step that went back twice would be another step, and data that came twice would take back what
// others wrote on it meanwhile.
function isUnrepeatable({ do: what }: Operation): boolean {
  return what === 'undo' || what === 'redo' || isExchange(what)
}

function isExchange(what: Operation['do']): boolean {
  return what === 'replace' || what === 'restore'
}

function lost(): CatalogError {
  const message =
    `This transaction was taken back: nothing was asked of it for ${kLeaseIdle_ms / 1000} s, ` +
    'or the tab that had the catalog open is gone. Begin it again, and use only tx inside.'
  return new CatalogError({ code: 'STATE', reason: 'transaction_lost', message })
}

function busy(): CatalogError {
  const message = 'Another transaction did not end in time: try again later.'
  return new CatalogError({ code: 'BUSY', message })
}
