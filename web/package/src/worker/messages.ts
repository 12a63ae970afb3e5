// What crosses between a page and the worker of its catalog, and between the workers of tabs. All
// of it can be cloned; rows travel as the packets that the module wrote, and failures as data.
import type { Attached } from '../calls.js'
import type { PlainChanges } from '../change-listeners.js'
import type { Failure } from '../errors.js'
import type { RowsPacket } from '../packet/encode.js'
import type { NodeDescription } from '../packet/shape.js'
import type { PlainRow } from '../packet/shape.js'
import type { CatalogDescription } from '../types/description.js'
import type { StatementReport } from '../types/sql.js'
import type { StorageKind } from '../types/storage.js'
import type { Answer } from '../wasm/engine.js'
import type { HistoryVerb, VerbName } from '../wasm/glue.js'

/** What a tab asks its worker for first. */
export interface Opening {
  /** The version of the page's script. */
  readonly version: string
  readonly name: string
  readonly storage: StorageKind | 'auto'
  /** The module: its address, its bytes, or itself compiled. */
  readonly wasm: string | WebAssembly.Module | Uint8Array | ArrayBuffer
  /** The file, in Node. */
  readonly file?: string | URL
  /** The copy to begin with, in the place of what is kept. */
  readonly backup?: string
}

export interface Opened {
  readonly kind: StorageKind
  readonly description: CatalogDescription
}

/** What can be asked of an open catalog; `A` is what it brings along. */
export type Operation<A = Attached> =
  | {
      readonly do: 'call'
      readonly verb: VerbName
      readonly model: number
      readonly text: string
      readonly attached?: A
    }
  | {
      readonly do: 'save'
      readonly model: number
      readonly graph: unknown
      /** Lists of the graph, the same arrays, that were loaded in part. */
      readonly partial: readonly unknown[]
      readonly shape: PlainRow
    }
  /** Tells what the picture in a file is. */
  | { readonly do: 'look'; readonly attached: A }
  | { readonly do: 'createMany'; readonly model: number; readonly packet: RowsPacket }
  | { readonly do: 'begin' | 'commit' | 'rollback' | 'export' }
  | { readonly do: 'watch'; readonly on: boolean }
  /** From now on the tab is told what each commit changes. */
  | { readonly do: 'listen' }
  | { readonly do: HistoryVerb }
  | { readonly do: 'replace'; readonly data: unknown }
  | { readonly do: 'backups' }
  | { readonly do: 'restore'; readonly name: string }

/** One request. Its number grows from call to call of a tab. */
export interface Request<A = Attached> {
  readonly id: number
  /** The transaction that it belongs to, by the number of its first begin; 0 for none. */
  readonly lease: number
  /** How many transactions it is inside of. */
  readonly depth: number
  readonly operation: Operation<A>
  /** Whether another owner may have been asked already. */
  readonly again?: boolean
  /** Every call up to this number has its answer. */
  readonly acknowledged?: number
}

export interface Reply {
  readonly id: number
  readonly answer?: Answer
  readonly failure?: Failure
  /** What packets with the answer's shape look like, the first time that it is used. */
  readonly shape?: NodeDescription
  /** Who answered: numbers of shapes are that one's. */
  readonly epoch?: number
  readonly statements?: readonly StatementReport[]
}

/** From the page to its worker. */
export type ToWorker =
  | { readonly open: Opening }
  | { readonly request: Request }
  | { readonly abort: number }
  | { readonly close: true }

/** From the worker to its page. */
export type FromWorker =
  | { readonly opened: Opened }
  | { readonly failed: Failure }
  | { readonly reply: Reply }
  | { readonly changes: PlainChanges }
  /** Another tab owns the catalog now: what one asked to be told of, it asks again. */
  | { readonly moved: true }
  | { readonly closed: true }

/** A way to the other side. */
export interface Port<Sent, Received> {
  post(message: Sent, transfer: readonly ArrayBuffer[]): void
  /** Called with each message that comes; set once. */
  onmessage: ((message: Received) => void) | null
  /** Called when nothing will come any more. */
  onfailure: ((failure: Failure) => void) | null
  close(): void
}

/** The buffers of an answer, which can move to another thread. */
export function buffersOf(answer: Answer): ArrayBuffer[] {
  if (answer.kind === 'bytes') return [answer.bytes.buffer as ArrayBuffer]
  // kept() puts the parts of a packet into one.
  const isPacket = answer.kind === 'packet' || answer.kind === 'table'
  return isPacket ? [answer.packet.numbers.buffer as ArrayBuffer] : []
}
