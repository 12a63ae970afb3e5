// CatalogCore: an open catalog without its names and types: calls by model number, rows as plain
// objects. The typed faces in model-handle.ts and open.ts are thin over it.
import { ChangeListeners } from './change-listeners.js'
import type { ChangeListener, PlainChanges } from './change-listeners.js'
import { CatalogError } from './errors.js'
import { LiveQueries } from './live/live-queries.js'
import type { LiveSource } from './live/live-source.js'
import type { Live } from './live/live.js'
import { kDescription } from './generated/description.js'
import type { Options } from './options.js'
import { bytesOf, jsonOf, kept, packetOf, tableOf } from './packet/answers.js'
import { KeptReads } from './kept-reads.js'
import { decodePacket } from './packet/decode.js'
import { encodeRows } from './packet/encode.js'
import type { RowsPacket } from './packet/encode.js'
import { readShape } from './packet/shape.js'
import { runSave } from './save/run.js'
import { RawDatabase } from './sqljs/database.js'
import type { NodeDescription, PlainRow, ShapeNode } from './packet/shape.js'
import type { AttachedBytes, Calls } from './calls.js'
import type { CatalogFiles } from './storage/handle.js'
import type { CatalogDescription } from './types/description.js'
import { outgoing } from './values/outgoing.js'
import type { Argument } from './values/outgoing.js'
import { Watchers } from './watchers.js'
import type { Watcher } from './watchers.js'
import type { Answer, Engine, RowsCall } from './wasm/engine.js'
import type {
  BytesVerb,
  Glue,
  HistoryVerb,
  RowsVerb,
  StepName,
  TableVerb,
  ValueVerb,
  VerbName,
} from './wasm/glue.js'

/** How deep transactions nest. SQLite has no bound, but a loop that never commits should end. */
const kMaxTransactionDepth = 100

export class CatalogCore implements Calls, LiveSource {
  #engine: Engine | null
  readonly #number: number
  readonly #release: () => void
  readonly #shapes: ShapeNode[] = []
  #description: CatalogDescription | null = null
  #depth = 0
  #raw: RawDatabase | null = null
  readonly #kept: KeptReads
  readonly #watchers = new Watchers(() => this.#statements())
  readonly #listeners = new ChangeListeners()
  readonly #live = new LiveQueries(this)
  #commits = 0
  #isSettling = false

  private constructor(engine: Engine, number: number, release = (): void => undefined) {
    this.#engine = engine
    this.#number = number
    this.#kept = new KeptReads(number)
    this.#release = release
    engine.join()
  }

  /**
   * Opens the catalog in `data`, the bytes of a .sqlite file, or an empty one for null. The rows of
   * a trusted file are not looked through.
   */
  static open(engine: Engine, data: Uint8Array | null, trusted = false): CatalogCore {
    const answer =
      data === null
        ? engine.run((glue) => glue.openEmpty())
        : engine.runWithFile(data, (glue) => glue.openImage(trusted))
    return new CatalogCore(engine, jsonOf(answer) as number)
  }

  /**
   * Opens the catalog in these files, which nobody else may have open; an empty `main` becomes an
   * empty catalog. Each commit is flushed before its call returns. With the journal in 'memory' a
   * commit that is interrupted half-way damages the file: it is for handles that keep all of what
   * comes before a flush, or nothing. `release` is called once the catalog is closed, and closes
   * the files; when this fails, whoever opened them does.
   */
  static openFiles(
    engine: Engine,
    files: CatalogFiles,
    journal: 'wal' | 'memory' = 'wal',
    release = (): void => undefined,
  ): CatalogCore {
    const at = engine.lend(files)
    try {
      const answer = engine.run((glue) => glue.openFiles(at, journal === 'wal'))
      return new CatalogCore(engine, jsonOf(answer) as number, () => {
        engine.takeBack(at)
        release()
      })
    } catch (error) {
      engine.takeBack(at)
      throw error
    }
  }

  describe(): CatalogDescription {
    return (this.#description ??= JSON.parse(kDescription) as CatalogDescription)
  }

  /** Calls a verb whose answer is rows. */
  rows(
    verb: RowsVerb,
    model: number,
    values: readonly Argument[],
    attached?: AttachedBytes,
  ): PlainRow[] {
    const reads = verb === 'find' || verb === 'get'
    const run = reads ? this.#kept.open(this.#open(), model, values) : null
    if (run !== null) return this.#watchers.after(() => this.#decode(run()))
    return this.#tellAfter(() => this.#decode(this.#call(verb, model, outgoing(values), attached)))
  }

  #decode(given: Answer): PlainRow[] {
    const answer = packetOf(given)
    const known = this.#shapes[answer.shape]
    if (known !== undefined) return decodePacket(known, answer.packet)
    // Asking for the shape is a call of its own, which overwrites the packet: keep it meanwhile.
    const { packet } = packetOf(kept(answer))
    const shape = (this.#shapes[answer.shape] = readShape(this.shape(answer.shape)))
    return decodePacket(shape, packet)
  }

  /** Calls a verb with arguments that are written already; its answer, to be read elsewhere. */
  answer(verb: VerbName, model: number, text: string, attached?: AttachedBytes): Answer {
    return this.#tellAfter(() => kept(this.#call(verb, model, text, attached)))
  }

  /** What the packets of a number look like. */
  shape(number: number): NodeDescription {
    return jsonOf(this.#run((glue) => glue.shape(this.#number, number))) as NodeDescription
  }

  save(model: number, graph: unknown, shape: PlainRow): PlainRow {
    return runSave(this, model, graph, shape)
  }

  createMany(model: number, rows: readonly unknown[]): number {
    return this.insert(model, encodeRows(this.describe().models[model], rows))
  }

  /** Writes rows that are a packet already; their number. */
  insert(model: number, packet: RowsPacket): number {
    const run: RowsCall = (glue, ...sizes) => glue.createMany(this.#number, model, ...sizes)
    return this.#tellAfter(() => jsonOf(this.#open().runWithRows(packet, run))) as number
  }

  /** Calls a verb whose answer is a number or an object. */
  value(
    verb: ValueVerb,
    model: number,
    values: readonly Argument[],
    attached?: AttachedBytes,
  ): unknown {
    const text = outgoing(values)
    return this.#tellAfter(() => jsonOf(this.#call(verb, model, text, attached)))
  }

  /** Calls a verb whose answer is bytes. */
  bytes(verb: BytesVerb, values: readonly Argument[]): Uint8Array<ArrayBuffer> {
    return this.#tellAfter(() => bytesOf(this.#call(verb, 0, outgoing(values))))
  }

  /** Calls a verb whose answer is a table: rows of any form, with columns of these names. */
  table(
    verb: TableVerb,
    model: number,
    values: readonly Argument[],
    names?: readonly string[],
  ): PlainRow[] {
    return this.#tellAfter(() => tableOf(this.#call(verb, model, outgoing(values)), names))
  }

  /** Calls `watcher` with each statement from now on; what it returns ends that. */
  watch(watcher: Watcher): () => void {
    const switchOn = (on: boolean): void => {
      if (on || this.#engine !== null) this.#run((glue) => glue.watch(this.#number, on))
    }
    return this.#watchers.add(watcher, switchOn)
  }

  #statements(): PlainRow[] {
    if (this.#engine === null) return []
    return tableOf(this.#run((glue) => glue.statements(this.#number)))
  }

  /** The connection as a database of sql.js; a new one when the last was closed. */
  get raw(): RawDatabase {
    const { raw } = this.#open()
    if (this.#raw !== null && this.#raw.db !== null) return this.#raw
    const handle = raw.glue._rawOfCatalog(this.#number)
    if (handle === 0) {
      const message = 'There is no memory for the functions of raw: close something first.'
      throw new CatalogError({ code: 'NOMEM', message })
    }
    this.#raw = new RawDatabase(raw, handle, '', false)
    this.#raw.used = () => this.#planSettling()
    return this.#raw
  }

  // What raw writes becomes known when the program pauses, or with the next call that writes.
  #planSettling(): void {
    if (this.#isSettling) return
    this.#isSettling = true
    queueMicrotask(() => {
      this.#isSettling = false
      if (this.#engine !== null && this.#depth === 0) this.#step('settle')
      this.#announce()
    })
  }

  get depth(): number {
    return this.#depth
  }

  begin(): void {
    if (this.#depth === kMaxTransactionDepth) {
      const message = `Transactions are nested ${kMaxTransactionDepth} deep: end some first.`
      throw new CatalogError({ code: 'STATE', message })
    }
    this.#step('begin')
    this.#depth++
  }

  /** Keeps the innermost transaction. When that fails it is still open: roll it back. */
  commit(): void {
    this.#step('commit')
    this.#depth--
    this.#announce()
  }

  rollback(): void {
    this.#depth--
    this.#step('rollback')
  }

  /** For moments in which nobody waits: what commits left to be done in the files. */
  tidy(): void {
    this.#step('tidy')
  }

  /** Takes a step back, does one again, or lists them. */
  askHistory(verb: HistoryVerb): unknown {
    return this.#tellAfter(() => jsonOf(this.#run((glue) => glue[verb](this.#number))))
  }

  /** How often something was committed that changed rows. */
  get commits(): number {
    return this.#commits
  }

  /** Calls `listener` with what each commit changed; what it returns ends that. */
  onChange(listener: ChangeListener): () => void {
    this.#open()
    return this.#listeners.add(listener)
  }

  tables(model: number, args: Options): readonly string[] {
    return this.value('tables', model, [['', args]]) as string[]
  }

  find(model: number, args: Options): PlainRow[] {
    return this.rows('find', model, [['', args]])
  }

  live(model: number, args: Options): Live {
    return this.#live.open(model, args, outgoing([['', args]]))
  }

  export(): Uint8Array<ArrayBuffer> {
    return bytesOf(this.#run((glue) => glue.exportFile(this.#number)))
  }

  /** Makes the catalog hold what this .sqlite file holds. One that is refused changes nothing. */
  replace(data: Uint8Array): void {
    this.#open().runWithFile(data, (glue) => glue.replaceFile(this.#number))
    this.#announce()
  }

  close(): void {
    const engine = this.#engine
    if (engine === null) return
    if (this.#depth > 0 || this.#raw?.isCalling) {
      const what = this.#depth > 0 ? 'A transaction is open' : 'SQL calls a function'
      const message = `${what}: let its function return before closing the catalog.`
      throw new CatalogError({ code: 'STATE', message })
    }
    this.#raw?.close()
    this.#run((glue) => glue.close(this.#number))
    this.#engine = null
    this.#release()
    engine.leave()
    this.#shapes.length = 0
    this.#live.end()
  }

  /** Fails with CLOSED when it is. */
  checkOpen(): void {
    this.#open()
  }

  #open(): Engine {
    if (this.#engine !== null) return this.#engine
    throw new CatalogError({ code: 'CLOSED', message: 'This catalog is closed: open it again.' })
  }

  #run(call: (glue: Glue) => void): Answer {
    return this.#open().run(call)
  }

  // What `call` gives, after watchers were told what ran, and listeners what it committed.
  #tellAfter<T>(call: () => T): T {
    try {
      return this.#watchers.after(call)
    } finally {
      this.#announce()
    }
  }

  #announce(): void {
    const engine = this.#engine
    if (engine === null || this.#depth > 0 || engine.commits === this.#commits) return
    this.#commits = engine.commits
    if (this.#listeners.size === 0) return
    const changes = jsonOf(this.#run((glue) => glue.changes(this.#number)))
    this.#listeners.tell(changes as PlainChanges)
  }

  #step(step: StepName): void {
    this.#watchers.after(() => this.#run((glue) => glue[step](this.#number)))
  }

  #call(verb: VerbName, model: number, text: string, attached?: AttachedBytes): Answer {
    const engine = this.#open()
    return engine.runWith(text, (glue, size) => glue[verb](this.#number, model, size), attached)
  }
}
