// Client: a tab as the owner of the catalog sees it, its own one or another.
import type { PlainChanges } from '../change-listeners.js'
import type { Reply } from './messages.js'

/** A tab, and how it gets its answers. */
export interface Client {
  readonly name: string
  /** Whether it may ask again after this owner is gone: its writes are then noted. */
  readonly isRemote: boolean
  send(reply: Reply, transfer: readonly ArrayBuffer[]): void
  /** Tells one who listens what was committed. */
  tell(changes: PlainChanges): void
}
