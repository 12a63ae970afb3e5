// Where a catalog is kept, as its program sees it: whether it is safe there, and how full it is.
import type { Storage, StorageKind, StorageStatus } from '../types/storage.js'

export class CatalogStorage implements Storage {
  readonly kind: StorageKind
  readonly name: string

  constructor(kind: StorageKind, name: string) {
    this.kind = kind
    this.name = name
  }

  async status(): Promise<StorageStatus> {
    const manager = this.#manager()
    const persisted = (await manager?.persisted?.()) ?? this.kind === 'file'
    const { usage: usage_bytes = 0 } = (await manager?.estimate?.()) ?? {}
    return { persisted, usage_bytes }
  }

  async persist(): Promise<boolean> {
    return (await this.#manager()?.persist?.()) ?? this.kind === 'file'
  }

  #manager(): StorageManager | undefined {
    const isBrowsers = this.kind === 'opfs' || this.kind === 'indexeddb'
    return isBrowsers ? navigator.storage : undefined
  }
}
