// Solo: the worker's side for a catalog that only this tab or program has.
import type { Client } from './client.js'
import { failureOf } from './failures.js'
import { Host } from './host.js'
import type { Kept } from './kept.js'
import type { StorageKind } from '../types/storage.js'
import type { FromWorker, ToWorker } from './messages.js'

type Post = (message: FromWorker, transfer: readonly ArrayBuffer[]) => void

export class Solo {
  readonly #post: Post
  readonly #client: Client
  #host: Host | null = null

  constructor(post: Post) {
    this.#post = post
    const send: Client['send'] = (reply, transfer) => post({ reply }, transfer)
    const tell: Client['tell'] = (changes) => post({ changes }, [])
    this.#client = { name: 'own', isRemote: false, send, tell }
  }

  async open(kind: StorageKind, keep: () => Promise<Kept>): Promise<void> {
    try {
      const kept = await keep()
      this.#host = new Host(kept)
      this.#post({ opened: { kind, description: kept.core.describe() } }, [])
    } catch (error) {
      this.#post({ failed: failureOf(error) }, [])
    }
  }

  receive(message: ToWorker): void {
    if ('request' in message) this.#host?.receive(this.#client, message.request)
    else if ('abort' in message) this.#host?.abort(this.#client, message.abort)
    else void this.#close()
  }

  async #close(): Promise<void> {
    await this.#host?.close(this.#client)
    this.#post({ closed: true }, [])
  }
}
