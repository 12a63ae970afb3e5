// Where a catalog is kept, and the copies beside it.

/** Where a catalog is kept. */
export type StorageKind = 'opfs' | 'indexeddb' | 'memory' | 'file'

/** What is known of the place. */
export interface StorageStatus {
  /** Whether the browser has promised not to make room by deleting it. */
  readonly persisted: boolean
  /** What the whole site keeps, in bytes; what the browser would allow is no reliable number. */
  readonly usage_bytes: number
}

export interface Storage {
  /** 'opfs', 'indexeddb', 'memory' or 'file'. */
  readonly kind: StorageKind
  /** What the catalog is called there. */
  readonly name: string
  /** How safe and how full it is. */
  status(): Promise<StorageStatus>
  /** Asks the browser to keep it for good; false when it does not promise that. */
  persist(): Promise<boolean>
}

/** A copy of the catalog. */
export interface Backup {
  /** What restore() takes. */
  readonly name: string
  /** ISO 8601 in UTC. */
  readonly taken_at: string
  readonly size_bytes: number
}
