// CatalogError: the one error of the package. Programs branch on its code; people read its message.

/** Every code there is; docs/errors.md says what each means and what to do. */
export type ErrorCode =
  | 'UNIQUE'
  | 'FOREIGN_KEY'
  | 'NOT_NULL'
  | 'CHECK'
  | 'NOT_FOUND'
  | 'VALIDATION'
  | 'UNDEFINED_VALUE'
  | 'ASYNC_TRANSACTION'
  | 'RANGE'
  | 'STALE'
  | 'CYCLE'
  | 'STATE'
  | 'IMAGE'
  | 'IMPORT'
  | 'BUSY'
  | 'FULL'
  | 'IO'
  | 'NOMEM'
  | 'CORRUPT'
  | 'CLOSED'
  | 'ABORTED'
  | 'WASM_LOAD'
  | 'SQL'
  | 'SCHEMA_NEWER'
  | 'STORAGE_UNAVAILABLE'
  | 'LEADER_UNRESPONSIVE'

/** One of several mistakes that are reported together. */
export interface Issue {
  readonly code: ErrorCode
  readonly model: string
  readonly field: string
  readonly message: string
  /** Of an import: the line or row that it is about. */
  readonly line?: number
  /** Of an import: the same in words, or the file of an archive. */
  readonly path?: string
}

/** What a CatalogError is made of. What is left out is empty. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly reason?: string
  readonly model?: string
  readonly fields?: readonly string[]
  readonly path?: string
  readonly issues?: readonly Issue[]
  readonly sqlite?: number
  readonly cause?: unknown
}

/** What went wrong, to what, and what to do next. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
  readonly code: ErrorCode
  /** Finer than the code where there is more to say: 'unknown_attribute'; else ''. */
  readonly reason: string
  /** The model that it happened to ('Product'), or ''. */
  readonly model: string
  /** The columns or relations of that model that it is about. */
  readonly fields: readonly string[]
  /** Where in the request or the data: 'product_items.create[0].name', or ''. */
  readonly path: string
  readonly issues: readonly Issue[]
  /** SQLite's extended result code; 0 when SQLite did not refuse. */
  readonly sqlite: number

  constructor(failure: Failure) {
    super(failure.message, failure.cause === undefined ? {} : { cause: failure.cause })
    this.code = failure.code
    this.reason = failure.reason ?? ''
    this.model = failure.model ?? ''
    this.fields = failure.fields ?? []
    this.path = failure.path ?? ''
    this.issues = failure.issues ?? []
    this.sqlite = failure.sqlite ?? 0
  }
}
