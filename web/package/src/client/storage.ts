// Storage: where a catalog is kept, and whether the browser has promised to keep it.
import type { StorageKind } from '../worker/messages.js'

/** What is known of the place. */
export interface StorageStatus {
  /** Whether the browser has promised not to make room by deleting it. */
  readonly persisted: boolean
  /** What the whole site keeps, in bytes; what the browser would allow is no reliable number. */
  readonly usage_bytes: number
}

export class Storage {
  /** 'opfs', 'indexeddb', 'memory' or 'file'. */
  readonly kind: StorageKind
  /** What the catalog is called there. */
  readonly name: string

  constructor(kind: StorageKind, name: string) {
    this.kind = kind
    this.name = name
  }

  /** How safe and how full it is. */
  async status(): Promise<StorageStatus> {
    const manager = this.#manager()
    const persisted = (await manager?.persisted?.()) ?? this.kind === 'file'
    const { usage: usage_bytes = 0 } = (await manager?.estimate?.()) ?? {}
    return { persisted, usage_bytes }
  }

  /** Asks the browser to keep it for good; false when it does not promise that. */
  async persist(): Promise<boolean> {
    return (await this.#manager()?.persist?.()) ?? this.kind === 'file'
  }

  #manager(): StorageManager | undefined {
    const isBrowsers = this.kind === 'opfs' || this.kind === 'indexeddb'
    return isBrowsers ? navigator.storage : undefined
  }
}
