// Calls: what a model's handle asks of a catalog. A catalog on this thread answers at once, one
// behind a worker with promises; the handles are the same for both.
import type { Live } from './live/live.js'
import type { Maybe } from './maybe.js'
import type { Options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import type { Looked } from './pictures/prepared.js'
import type { Bytes, Content } from './pictures/source.js'
import type { CatalogDescription } from './types/description.js'
import type { Argument } from './values/outgoing.js'
import type { BytesVerb, RowsVerb, TableVerb, ValueVerb } from './wasm/glue.js'

/**
 * Bytes that go along with arguments, which say how long each is; files of them where somebody
 * looks at files.
 */
export type Attached = readonly Content[]

/** The same, once the files among them have been read. */
export type AttachedBytes = readonly Bytes[]

export interface Calls {
  describe(): CatalogDescription
  /** Calls a verb whose answer is rows. */
  rows(
    verb: RowsVerb,
    model: number,
    values: readonly Argument[],
    attached?: Attached,
  ): Maybe<PlainRow[]>
  /** Calls a verb whose answer is a number or an object. */
  value(
    verb: ValueVerb,
    model: number,
    values: readonly Argument[],
    attached?: Attached,
  ): Maybe<unknown>
  /** Calls a verb whose answer is bytes; they are the caller's. */
  bytes(verb: BytesVerb, values: readonly Argument[]): Maybe<Uint8Array<ArrayBuffer>>
  /** Calls a verb whose answer is a table: rows of any form, with columns of these names. */
  table(
    verb: TableVerb,
    model: number,
    values: readonly Argument[],
    names?: readonly string[],
  ): Maybe<PlainRow[]>
  /** A live query of these arguments; missing where nobody is told of commits. */
  live?(model: number, args: Options): Live
  /** Looks at a file's bytes where the catalog is; missing where the catalog is on this thread. */
  look?(content: Blob): Promise<Looked>
  /** Writes rows of columns; their number. */
  createMany(model: number, rows: readonly unknown[]): Maybe<number>
  /** Writes what differs in a graph of rows, and reads its root with this shape. */
  save(model: number, graph: unknown, shape: PlainRow): Maybe<PlainRow>
}

/** Whether calls are still allowed; a transaction's handles end with it. */
export interface Scope {
  /** Fails with STATE when they are not. */
  check(): void
}
