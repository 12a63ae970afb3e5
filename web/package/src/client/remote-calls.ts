// RemoteCalls: the calls of handles as messages to the worker. Arguments are checked and written
// here, rows are decoded here; the worker only passes them on to the module.
import type { Attached, Calls } from '../calls.js'
import type { CatalogError } from '../errors.js'
import { bytesOf, jsonOf, packetOf, tableOf } from '../packet/answers.js'
import { decodePacket } from '../packet/decode.js'
import { encodeRows } from '../packet/encode.js'
import type { PlainRow } from '../packet/shape.js'
import type { Looked } from '../pictures/prepared.js'
import { fileBytes } from '../storage/keeper.js'
import { sendable } from '../save/partial.js'
import type { CatalogDescription } from '../types/description.js'
import { outgoing } from '../values/outgoing.js'
import type { Argument } from '../values/outgoing.js'
import type { Answer } from '../wasm/engine.js'
import type {
  BytesVerb,
  HistoryVerb,
  RowsVerb,
  TableVerb,
  ValueVerb,
  VerbName,
} from '../wasm/glue.js'
import type { Operation } from '../worker/messages.js'
import type { Connection, Place } from './connection.js'

export class RemoteCalls implements Calls {
  readonly #connection: Connection
  readonly #description: CatalogDescription
  readonly #place: Place
  readonly #signal: AbortSignal | null

  constructor(
    connection: Connection,
    description: CatalogDescription,
    place: Place = { lease: 0, depth: 0 },
    signal: AbortSignal | null = null,
  ) {
    this.#connection = connection
    this.#description = description
    this.#place = place
    this.#signal = signal
  }

  /** Missing inside of transactions. */
  live?: NonNullable<Calls['live']>

  /** The same, given up when `signal` says so. */
  until(signal: AbortSignal): RemoteCalls {
    return new RemoteCalls(this.#connection, this.#description, this.#place, signal)
  }

  /** Begins a transaction; the calls inside of it. */
  async begin(): Promise<RemoteCalls> {
    const { lease, depth } = this.#place
    const number = depth === 0 ? this.#connection.next : lease
    await this.#ask({ do: 'begin' })
    const inside = { lease: number, depth: depth + 1 }
    return new RemoteCalls(this.#connection, this.#description, inside)
  }

  /** Ends the transaction that these calls are inside of. */
  async end(how: 'commit' | 'rollback'): Promise<void> {
    await this.#ask({ do: how })
  }

  describe(): CatalogDescription {
    return this.#description
  }

  async rows(
    verb: RowsVerb,
    model: number,
    values: readonly Argument[],
    attached?: Attached,
  ): Promise<PlainRow[]> {
    return this.#decode(await this.#call(verb, model, values, attached))
  }

  async value(
    verb: ValueVerb,
    model: number,
    values: readonly Argument[],
    attached?: Attached,
  ): Promise<unknown> {
    return jsonOf(await this.#call(verb, model, values, attached))
  }

  async bytes(verb: BytesVerb, values: readonly Argument[]): Promise<Uint8Array<ArrayBuffer>> {
    return bytesOf(await this.#call(verb, 0, values))
  }

  async look(content: Blob): Promise<Looked> {
    return jsonOf(await this.#ask({ do: 'look', attached: [content] })) as Looked
  }

  async table(
    verb: TableVerb,
    model: number,
    values: readonly Argument[],
    names?: readonly string[],
  ): Promise<PlainRow[]> {
    return tableOf(await this.#call(verb, model, values), names)
  }

  async createMany(model: number, rows: readonly unknown[]): Promise<number> {
    const { numbers, texts, blobs } = encodeRows(this.#description.models[model], rows)
    // Only what is meant of the buffers that bytes are views of.
    const packet = { numbers, texts, blobs: blobs.map((bytes) => bytes.slice()) }
    return jsonOf(await this.#ask({ do: 'createMany', model, packet })) as number
  }

  async save(model: number, graph: unknown, shape: PlainRow): Promise<PlainRow> {
    const partial: unknown[] = []
    const sent = sendable(graph, partial)
    try {
      return this.#decode(await this.#ask({ do: 'save', model, graph: sent, partial, shape }))[0]
    } catch (error) {
      // What cannot be sent cannot be stored: this says where it is.
      if ((error as CatalogError).cause instanceof DOMException)
        outgoing([
          ['', sent],
          ['', shape],
        ])
      throw error
    }
  }

  async askHistory(verb: HistoryVerb): Promise<unknown> {
    return jsonOf(await this.#ask({ do: verb }))
  }

  async export(): Promise<Uint8Array<ArrayBuffer>> {
    return bytesOf(await this.#ask({ do: 'export' }))
  }

  async replaceWith(data: unknown): Promise<void> {
    await this.#ask({ do: 'replace', data: fileBytes(data) })
  }

  async backups(): Promise<unknown> {
    return jsonOf(await this.#ask({ do: 'backups' }))
  }

  async restore(name: string): Promise<void> {
    await this.#ask({ do: 'restore', name })
  }

  #call(
    verb: VerbName,
    model: number,
    values: readonly Argument[],
    attached: Attached = [],
  ): Promise<Answer> {
    return this.#ask({ do: 'call', verb, model, text: outgoing(values), attached })
  }

  async #ask(operation: Operation): Promise<Answer> {
    const { answer } = await this.#connection.ask(operation, this.#place, this.#signal)
    return answer as Answer
  }

  #decode(answer: Answer): PlainRow[] {
    const { shape, packet } = packetOf(answer)
    return decodePacket(this.#connection.shape(shape), packet)
  }
}
