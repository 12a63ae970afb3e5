// Calling: one operation of a tab run on the catalog, and what goes beside its answer: the shape
// of its packet when the tab has not seen it, and the statements that ran when it watches.
import type { AttachedBytes } from '../calls.js'
import type { CatalogCore } from '../catalog-core.js'
import { CatalogError } from '../errors.js'
import { after } from '../maybe.js'
import type { Maybe } from '../maybe.js'
import { notePartialLists } from '../save/partial.js'
import type { NodeDescription } from '../packet/shape.js'
import { lookAt } from '../pictures/look.js'
import { runTransaction } from '../transaction.js'
import { outgoing } from '../values/outgoing.js'
import type { StatementReport } from '../types/sql.js'
import type { Answer } from '../wasm/engine.js'
import type { Client } from './client.js'
import type { Kept } from './kept.js'
import type { Operation } from './messages.js'

const kNothing: Answer = { kind: 'nothing' }

interface Beside {
  readonly shape: NodeDescription | null
  readonly statements: readonly StatementReport[]
}

export class Calling {
  /** Tells one owner's numbers of shapes from another's. */
  readonly epoch = Math.floor(Math.random() * 2 ** 52)
  readonly #kept: Kept
  readonly #core: CatalogCore
  readonly #seen = new Map<Client, Set<number>>()
  readonly #watching = new Set<Client>()
  readonly #listening = new Set<Client>()
  #hears = false
  #stop: (() => void) | null = null
  #statements: StatementReport[] = []

  constructor(kept: Kept) {
    this.#kept = kept
    this.#core = kept.core
  }

  /** The same tabs at a catalog that was opened again. */
  moved(): Calling {
    const next = new Calling(this.#kept)
    for (const client of this.#watching) next.#watch(client, true)
    for (const client of this.#listening) next.#listen(client)
    return next
  }

  /** The answer to an operation. */
  answer(client: Client, operation: Operation<AttachedBytes>): Maybe<Answer> {
    switch (operation.do) {
      case 'call': {
        const { verb, model, text, attached } = operation
        return this.#core.answer(verb, model, text, attached)
      }
      case 'look':
        return after(lookAt(this.#core, operation.attached[0]), (value) => {
          return { kind: 'json', value }
        })
      case 'createMany':
        return { kind: 'json', value: this.#core.insert(operation.model, operation.packet) }
      case 'save':
        return this.#save(operation)
      case 'export':
        return { kind: 'bytes', bytes: this.#core.export() }
      case 'watch':
        this.#watch(client, operation.on)
        return kNothing
      case 'listen':
        this.#listen(client)
        return kNothing
      case 'undo':
      case 'redo':
      case 'history':
        return { kind: 'json', value: this.#core.askHistory(operation.do) }
      case 'replace':
        return after(this.#kept.keeper.replaceWith(operation.data), () => kNothing)
      case 'backups':
        return after(this.#kept.keeper.backups(), (value) => ({ kind: 'json', value }))
      case 'restore':
        return after(this.#kept.keeper.restore(operation.name), () => kNothing)
      default: {
        const message = `The worker knows no ${operation.do}: it is of another version.`
        throw new CatalogError({ code: 'STATE', message })
      }
    }
  }

  // The row is read as a packet: it is decoded on the page, as all rows are.
  #save({ model, graph, partial, shape }: Extract<Operation, { do: 'save' }>): Answer {
    notePartialLists(partial)
    const { primary_key } = this.#core.describe().models[model]
    return runTransaction(this.#core, () => {
      const row = this.#core.save(model, graph, { select: primary_key })
      const key = Object.fromEntries(primary_key.map((name) => [name, row[name]]))
      const text = outgoing([key, shape].map((value) => ['', value] as const))
      return this.#core.answer('get', model, text)
    }) as Answer
  }

  #watch(client: Client, on: boolean): void {
    if (on) this.#watching.add(client)
    else this.#watching.delete(client)
    if (this.#watching.size > 0) {
      this.#stop ??= this.#core.watch((statement) => this.#statements.push(statement))
      return
    }
    this.#stop?.()
    this.#stop = null
  }

  #listen(client: Client): void {
    if (!this.#hears) {
      this.#hears = true
      this.#core.onChange((changes) => {
        for (const one of this.#listening) one.tell(changes)
      })
    }
    this.#listening.add(client)
  }

  beside(client: Client, answer: Answer): Beside {
    const statements = this.statements(client)
    if (answer.kind !== 'packet') return { shape: null, statements }
    const seen = this.#seen.get(client) ?? new Set()
    this.#seen.set(client, seen)
    if (seen.has(answer.shape)) return { shape: null, statements }
    seen.add(answer.shape)
    return { shape: this.#core.shape(answer.shape), statements }
  }

  /** What ran since the last reply, for one who watches. */
  statements(client: Client): readonly StatementReport[] {
    const statements = this.#statements
    this.#statements = []
    return this.#watching.has(client) ? statements : []
  }

  forget(client: Client): void {
    this.#watch(client, false)
    this.#listening.delete(client)
    this.#seen.delete(client)
  }
}
