// The functions that the module offers, as bindings/embind.cpp names them.
import type { FileHandle } from '../storage/handle.js'
import type { RawGlue } from '../sqljs/module.js'

/** What a verb takes: the number of an open catalog, of a model, and the size of its arguments. */
export type Verb = (catalog: number, model: number, sizeBytes: number) => void

export interface Glue extends RawGlue {
  /** Address of the header of every answer. */
  header(): number
  /** Address of room for that many bytes, or 0. */
  inbox(sizeBytes: number): number
  /** Address of room for a file of that many bytes, for openImage() or replaceFile(); or 0. */
  file(sizeBytes: number): number
  openEmpty(): void
  /** The catalog in the file; of a trusted one the rows are not looked through. */
  openImage(trusted: boolean): void
  /** On the handles in this place and the two after it, with a log or a journal in memory. */
  openFiles(first: number, logs: boolean): void
  /** The files that the module may call, by their places; catalogs that closed leave gaps. */
  handles?: (FileHandle | undefined)[]
  /** What a handle threw last. */
  cause?: unknown
  shape(catalog: number, shape: number): void
  readonly find: Verb
  readonly get: Verb
  readonly keep: Verb
  /** Runs a kept plan with the values in the inbox. */
  runKept(catalog: number, plan: number, valueCount: number): void
  readonly count: Verb
  readonly create: Verb
  readonly update: Verb
  readonly remove: Verb
  readonly upsert: Verb
  /** Of a packet: how many numbers, and how many bytes of text and of blobs. */
  createMany(
    catalog: number,
    model: number,
    numbers: number,
    textBytes: number,
    blobBytes: number,
  ): void
  readonly updateMany: Verb
  readonly removeMany: Verb
  readonly aggregate: Verb
  readonly toSql: Verb
  readonly tables: Verb
  /** Of no model: the number is ignored. */
  readonly sql: Verb
  readonly attach: Verb
  readonly reorder: Verb
  /** Of no model, as the next two: the number is ignored. */
  readonly content: Verb
  readonly sniff: Verb
  readonly sweep: Verb
  /** Notes statements from now on, or no more. */
  watch(catalog: number, on: boolean): void
  /** The statements noted since the last time. */
  statements(catalog: number): void
  begin(catalog: number): void
  commit(catalog: number): void
  rollback(catalog: number): void
  /** Makes a step of what raw has written. */
  settle(catalog: number): void
  /** Takes a long log into the file. */
  tidy(catalog: number): void
  undo(catalog: number): void
  redo(catalog: number): void
  history(catalog: number): void
  /** What the last commit changed. */
  changes(catalog: number): void
  exportFile(catalog: number): void
  /** Exchanges the whole catalog for that in the file. */
  replaceFile(catalog: number): void
  close(catalog: number): void
}

/** The verbs by what they answer. */
export type RowsVerb = 'find' | 'get' | 'create' | 'update' | 'upsert' | 'attach'
export type ValueVerb =
  | 'keep'
  | 'count'
  | 'remove'
  | 'updateMany'
  | 'removeMany'
  | 'toSql'
  | 'tables'
  | 'reorder'
  | 'sniff'
  | 'sweep'
export type TableVerb = 'aggregate' | 'sql'
export type BytesVerb = 'content'
export type VerbName = RowsVerb | ValueVerb | TableVerb | BytesVerb
/** The questions without arguments, whose answer is an object. */
export type HistoryVerb = 'undo' | 'redo' | 'history'
export type StepName = 'begin' | 'commit' | 'rollback' | 'settle' | 'tidy'

/** How Emscripten's glue is started: it hands over imports and waits for the instance. */
export interface GlueOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ): object
}
