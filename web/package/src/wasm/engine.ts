// Engine: one instance of the module, and the way calls go into it and answers come out. It knows
// docs/packets.md and nothing of models.
import createVitrine from '../vitrine.js'
import { CatalogError } from '../errors.js'
import type { Failure } from '../errors.js'
import { decodeText } from '../packet/decode.js'
import type { Packet } from '../packet/decode.js'
import type { RowsPacket } from '../packet/encode.js'
import type { CatalogFiles } from '../storage/handle.js'
import { RawModule } from '../sqljs/module.js'
import type { OpenValue } from '../values/open-request.js'
import type { Glue } from './glue.js'
import { Idle } from './idle.js'

const kNothing = 0
const kJson = 1
const kPacket = 2
const kBytes = 3
const kTable = 5

/** What came back. Views are good until the next call. */
export type Answer =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'packet'; readonly shape: number; readonly packet: Packet }
  | { readonly kind: 'table'; readonly packet: Packet }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** A call that takes rows. */
export type RowsCall = (glue: Glue, numbers: number, textBytes: number, blobBytes: number) => void

/** Room for the arguments of ordinary calls; more is given back by the next ordinary call. */
const kInboxBytes = 1 << 16

const kNoBytes = /* @__PURE__ */ new Uint8Array(0)

// A failure that comes empty had no memory left to describe itself.
const kNoMemory: Failure = { code: 'NOMEM', message: 'The catalog has run out of memory.' }

/** Engines that wait for the next catalog. */
const idle = /* @__PURE__ */ new Idle<Engine>()

function lengthOf(parts: readonly { readonly length: number }[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}

export class Engine {
  readonly #module: WebAssembly.Module
  readonly #glue: Glue
  readonly #memory: WebAssembly.Memory
  readonly #headerAt: number
  readonly #encoder = new TextEncoder()
  #bytes: Uint8Array
  // The whole memory in three ways, made anew when it has grown.
  #floats: Float64Array
  #words: Uint32Array
  #inboxAt = 0
  #inboxBytes = 0
  #stopped: unknown = null
  #raw: RawModule | null = null
  #catalogs = 0
  /** How often the catalog that was called last has committed changes. */
  commits = 0

  private constructor(module: WebAssembly.Module, glue: Glue, memory: WebAssembly.Memory) {
    this.#module = module
    this.#glue = glue
    this.#memory = memory
    this.#bytes = new Uint8Array(memory.buffer)
    this.#floats = new Float64Array(memory.buffer)
    this.#words = new Uint32Array(memory.buffer)
    this.#headerAt = glue.header() >> 2
  }

  /** An instance of the module that nobody else uses, with a memory of its own. */
  static async start(module: WebAssembly.Module): Promise<Engine> {
    return idle.take(module) ?? this.#instance(module)
  }

  static async #instance(module: WebAssembly.Module): Promise<Engine> {
    let memory: WebAssembly.Memory | undefined
    const glue = await new Promise<Glue>((resolve, reject) => {
      createVitrine({
        instantiateWasm(imports, receive) {
          const received = WebAssembly.instantiate(module, imports).then((instance) => {
            memory = Object.values(instance.exports).find(
              (one): one is WebAssembly.Memory => one instanceof WebAssembly.Memory,
            )
            receive(instance)
          })
          // What another module makes receive() throw, too.
          received.catch(reject)
          return {}
        },
      }).then((started) => {
        // Another module may ask for nothing that is not there, and be none of ours.
        if ('header' in started) resolve(started)
        else reject(new TypeError('The module has no function header().'))
      }, reject)
    }).catch((cause: unknown) => {
      const message =
        'The WebAssembly module does not fit this version of the package: serve the vitrine.wasm ' +
        'that came with it.'
      throw new CatalogError({ code: 'WASM_LOAD', message, cause })
    })
    if (memory === undefined) {
      throw new CatalogError({ code: 'WASM_LOAD', message: 'The module has no memory.' })
    }
    return new Engine(module, glue, memory)
  }

  /** Notes that a catalog was opened in it. */
  join(): void {
    this.#catalogs++
    this.commits = 0
    idle.forget(this.#module, this)
  }

  /** Notes that one was closed. Without any it waits for the next. */
  leave(): void {
    const isIdle = --this.#catalogs === 0 && this.#stopped === null
    if (isIdle) idle.keep(this.#module, this, this.#memory.buffer.byteLength)
  }

  /** Lets the module call these files; the answer is the place of the first. */
  lend({ main, wal, journal }: CatalogFiles): number {
    const handles = (this.#glue.handles ??= [])
    return handles.push(main, wal, journal) - 3
  }

  /** Forgets the files that lend() put into this place. */
  takeBack(first: number): void {
    const handles = (this.#glue.handles ??= [])
    handles.fill(undefined, first, first + 3)
    while (handles.length > 0 && handles[handles.length - 1] === undefined) handles.pop()
  }

  /** The module's plain calls, for the sql.js interface. */
  get raw(): RawModule {
    return (this.#raw ??= new RawModule(this.#glue, this.#memory))
  }

  /** Runs `call` on the module and reads its answer. A failure is thrown as CatalogError. */
  run(call: (glue: Glue) => void): Answer {
    this.#enter(call)
    return this.#answer()
  }

  /** As run, with `text` as the arguments and bytes behind them; `call` gets the text's size. */
  runWith(
    text: string,
    call: (glue: Glue, sizeBytes: number) => void,
    attached: readonly Uint8Array[] = [],
  ): Answer {
    this.#reserve(text.length * 3 + lengthOf(attached))
    const room = this.#view().subarray(this.#inboxAt, this.#inboxAt + this.#inboxBytes)
    const { written } = this.#encoder.encodeInto(text, room)
    let at = written
    for (const part of attached) {
      room.set(part, at)
      at += part.length
    }
    return this.run((glue) => call(glue, written))
  }

  /** As run, with a whole file, whose copy in the module becomes the module's own. */
  runWithFile(bytes: Uint8Array, call: (glue: Glue) => void): Answer {
    const at = this.#room(bytes.length, (glue) => glue.file(bytes.length))
    this.#view().set(bytes, at)
    return this.run(call)
  }

  /** Runs a plan that the module keeps, with these values; they fit into the inbox. */
  runKept(catalog: number, plan: number, values: readonly OpenValue[]): Answer {
    this.#reserve(0)
    const bytes = this.#view()
    let textAt = this.#inboxAt + values.length * 8
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      let number = value as number
      if (typeof value === 'string') {
        const end = this.#inboxAt + this.#inboxBytes
        const { written } = this.#encoder.encodeInto(value, bytes.subarray(textAt, end))
        textAt += written
        number = written + 0.5
      }
      this.#floats[(this.#inboxAt >> 3) + index] = number
    }
    return this.run((glue) => glue.runKept(catalog, plan, values.length))
  }

  /** As run, with rows as the argument; `call` gets how much there is of each part. */
  runWithRows({ numbers, texts, blobs }: RowsPacket, call: RowsCall): Answer {
    const blobBytes = lengthOf(blobs)
    this.#reserve(numbers.byteLength + lengthOf(texts) * 3 + blobBytes)
    const room = this.#view().subarray(this.#inboxAt, this.#inboxAt + this.#inboxBytes)
    new Float64Array(room.buffer, room.byteOffset, numbers.length).set(numbers)
    let at = numbers.byteLength
    for (const text of texts) at += this.#encoder.encodeInto(text, room.subarray(at)).written
    const textBytes = at - numbers.byteLength
    for (const blob of blobs) {
      room.set(blob, at)
      at += blob.length
    }
    return this.run((glue) => call(glue, numbers.length, textBytes, blobBytes))
  }

  // The module only stops by itself when it found a mistake of ours, or ran out of stack.
  #enter(call: (glue: Glue) => void): void {
    if (this.#stopped !== null) this.#refuse(this.#stopped)
    this.#glue.cause = undefined
    try {
      call(this.#glue)
    } catch (error) {
      this.#stopped = error
      this.#refuse(error)
    }
  }

  #refuse(cause: unknown): never {
    const message =
      'The catalog’s WebAssembly module has stopped. Open the catalog again, and please report it.'
    throw new CatalogError({ code: 'STATE', message, cause })
  }

  #view(): Uint8Array {
    const { buffer } = this.#memory
    if (this.#bytes.buffer !== buffer) {
      this.#bytes = new Uint8Array(buffer)
      this.#floats = new Float64Array(buffer)
      this.#words = new Uint32Array(buffer)
    }
    return this.#bytes
  }

  // Not after a call: its answer's views would be lost when memory grows.
  #reserve(sizeBytes: number): void {
    const wanted = Math.max(sizeBytes, kInboxBytes)
    if (this.#inboxBytes === wanted) return
    this.#inboxBytes = 0
    this.#inboxAt = this.#room(sizeBytes, (glue) => glue.inbox(wanted))
    this.#inboxBytes = wanted
  }

  // The address that `ask` gives, of room for so many bytes.
  #room(sizeBytes: number, ask: (glue: Glue) => number): number {
    let at = 0
    this.#enter((glue) => {
      // No more than addresses of 32 bits reach.
      if (sizeBytes < 2 ** 32) at = ask(glue)
    })
    if (at !== 0) return at
    const message = `There is no memory for a call of ${sizeBytes} bytes: write less at a time.`
    throw new CatalogError({ code: 'NOMEM', message })
  }

  #answer(): Answer {
    const bytes = this.#view()
    const words = this.#words
    const at = this.#headerAt
    const kind = words[at]
    this.commits = words[at + 8]
    if (kind === kNothing) return { kind: 'nothing' }
    const text = bytes.subarray(words[at + 4], words[at + 4] + words[at + 5])
    const blobs =
      words[at + 7] === 0 ? kNoBytes : bytes.subarray(words[at + 6], words[at + 6] + words[at + 7])
    if (kind === kPacket || kind === kTable) {
      const numbers = new Int32Array(this.#memory.buffer, words[at + 2], words[at + 3])
      const packet = { numbers, text, blobs }
      return kind === kTable
        ? { kind: 'table', packet }
        : { kind: 'packet', shape: words[at + 1], packet }
    }
    if (kind === kBytes) return { kind: 'bytes', bytes: blobs }
    const value: unknown = JSON.parse(decodeText(text))
    if (kind === kJson) return { kind: 'json', value }
    throw new CatalogError({ ...kNoMemory, ...(value as Partial<Failure>), ...this.#cause() })
  }

  // What a file's handle threw during this call, if any did.
  #cause(): { cause?: unknown } {
    const { cause } = this.#glue
    return cause === undefined ? {} : { cause }
  }
}
