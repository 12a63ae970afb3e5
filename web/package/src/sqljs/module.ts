// RawModule: the module's plain calls (bindings/js_raw.cpp) and its memory: how texts, bytes and
// cells go in and come out. It knows nothing of sql.js.
import { decodeText } from '../packet/decode.js'
import { kBig, kBlob, kInteger, kReal, kText } from './cells.js'
import type { CellMemory } from './cells.js'
import { Targets } from './targets.js'

/** The calls, with addresses as numbers. */
export interface RawGlue {
  rawCall?: (call: number, target: number, context: number, count: number, cells: number) => void
  _rawExchange(): number
  _rawStack(): number
  _rawRoom(size: number): number
  _rawFree(at: number): void
  _rawOpen(name: number, image: number, size: number, functions: boolean): number
  _rawOfCatalog(catalog: number): number
  _rawClose(database: number): void
  _rawMessage(database: number): number
  _rawChanges(database: number): number
  _rawRun(database: number, text: number): number
  _rawPrepare(database: number, text: number): number
  _rawBind(statement: number, values: number, count: number): number
  _rawStep(statement: number): number
  _rawStepOnce(statement: number): number
  _rawReset(statement: number): number
  _rawReplay(statement: number, row: number): void
  _rawFinalize(statement: number): number
  _rawBatch(): number
  _rawFreeBatch(batch: number): void
  _rawRows(statement: number, batch: number, most: number): number
  _rawRow(statement: number): number
  _rawColumns(statement: number): number
  _rawColumn(statement: number, column: number): number
  _rawParameters(statement: number): number
  _rawParameter(statement: number, parameter: number): number
  _rawSql(statement: number, normalized: boolean): number
  _rawExport(database: number): number
  _rawFunction(
    database: number,
    name: number,
    count: number,
    aggregate: boolean,
    target: number,
  ): number
  _rawHook(database: number, target: number): void
}

/** What a step answers that did not fail. */
export const kRow = 100
export const kDone = 101

/** What is decoded and encoded by hand: for less, a call of the platform's coder takes longer. */
const kShort = 12
/** Room for the SQL and the parameters of ordinary calls. */
export const kInboxBytes = 1 << 16

export class RawModule implements CellMemory {
  readonly glue: RawGlue
  /** Functions of JavaScript that SQLite calls. */
  readonly targets: Targets
  /** Room of kInboxBytes, which nested calls use as well. */
  readonly inboxAt: number
  /** Where in `words` a call answers what is more than its number. */
  readonly exchangeAt: number
  readonly #memory: WebAssembly.Memory
  readonly #encoder = new TextEncoder()
  #bytes: Uint8Array
  #words: Uint32Array
  #reals: Float64Array

  constructor(glue: RawGlue, memory: WebAssembly.Memory) {
    this.glue = glue
    this.#memory = memory
    this.#bytes = new Uint8Array(memory.buffer)
    this.#words = new Uint32Array(memory.buffer)
    this.#reals = new Float64Array(memory.buffer)
    this.exchangeAt = glue._rawExchange() >>> 2
    this.inboxAt = this.room(kInboxBytes)
    this.targets = new Targets(this)
    const { targets } = this
    glue.rawCall = (call, target, context, count, cells) =>
      targets.call(call, target, context, count, cells)
  }

  // When memory grows, the views of it become empty.
  #renew(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer)
    this.#words = new Uint32Array(this.#memory.buffer)
    this.#reals = new Float64Array(this.#memory.buffer)
  }

  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#renew()
    return this.#bytes
  }

  get words(): Uint32Array {
    if (this.#bytes.length === 0) this.#renew()
    return this.#words
  }

  get reals(): Float64Array {
    if (this.#bytes.length === 0) this.#renew()
    return this.#reals
  }

  /** What the last call answered beside its number. */
  answer(word: number): number {
    return this.words[this.exchangeAt + word]
  }

  /** Memory that is to be freed. */
  room(size: number): number {
    const at = this.glue._rawRoom(size)
    if (at === 0) throw new Error('out of memory')
    return at >>> 0
  }

  /** The UTF-8 at `at`. */
  text(at: number, size: number): string {
    const bytes = this.bytes
    if (size > kShort) return decodeText(bytes.subarray(at, at + size))
    let text = ''
    for (let i = at; i < at + size; i++) {
      if (bytes[i] > 127) return decodeText(bytes.subarray(at, at + size))
      text += String.fromCharCode(bytes[i])
    }
    return text
  }

  /** The text that ends at a NUL; '' at address 0. */
  cString(at: number): string {
    return at === 0 ? '' : this.text(at, this.bytes.indexOf(0, at) - at)
  }

  /** Writes `text` as UTF-8, for which there must be room; its size. */
  write(text: string, at: number): number {
    const { length } = text
    const bytes = this.bytes
    if (length <= kShort) {
      let i = 0
      for (let code; i < length && (code = text.charCodeAt(i)) < 128; i++) bytes[at + i] = code
      if (i === length) return length
    }
    return this.#encoder.encodeInto(text, bytes.subarray(at, at + length * 3)).written
  }

  /** Calls `use` with the address of `size` bytes, which nested calls must not need as well. */
  withRoom<T>(size: number, use: (at: number) => T): T {
    if (size <= kInboxBytes) return use(this.inboxAt)
    return this.withOwnRoom(size, use)
  }

  /** As withRoom, with memory that no other call has. */
  withOwnRoom<T>(size: number, use: (at: number) => T): T {
    const at = this.room(size)
    try {
      return use(at)
    } finally {
      this.glue._rawFree(at)
    }
  }

  /** Calls `use` with `text` as UTF-8 with a NUL behind it. */
  withText<T>(text: string, use: (at: number) => T): T {
    return this.withRoom(text.length * 3 + 1, (at) => use(this.#terminated(text, at)))
  }

  /** As withText, with memory that no other call has. */
  withOwnText<T>(text: string, use: (at: number) => T): T {
    return this.withOwnRoom(text.length * 3 + 1, (at) => use(this.#terminated(text, at)))
  }

  #terminated(text: string, at: number): number {
    const size = this.write(text, at)
    this.bytes[at + size] = 0
    return at
  }

  value(at: number): unknown {
    const words = this.words
    const word = at >>> 2
    switch (words[word]) {
      case kInteger:
      case kReal:
        return this.#reals[(at >>> 3) + 1]
      case kText:
        return this.text(words[word + 2], words[word + 1])
      case kBig:
        return Number(this.integer(at))
      case kBlob:
        return this.#bytes.slice(words[word + 2], words[word + 2] + words[word + 1])
      default:
        return null
    }
  }

  /** The whole number of the cell at `at`, exactly. */
  integer(at: number): bigint {
    return new BigInt64Array(this.#memory.buffer, (at >>> 0) + 8, 1)[0]
  }

  giveText(kind: number, text: string, at: number): void {
    const room = this.room(text.length * 3 + 1)
    this.#give(kind, room, this.write(text, room), at)
  }

  giveBytes(bytes: ArrayLike<number>, at: number): void {
    const room = this.room(bytes.length + 1)
    this.bytes.set(bytes, room)
    this.#give(kBlob, room, bytes.length, at)
  }

  #give(kind: number, room: number, size: number, at: number): void {
    const words = this.words
    const word = at >>> 2
    words[word] = kind
    words[word + 1] = size
    words[word + 2] = room
  }
}
