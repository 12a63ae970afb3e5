// Pictures: object URLs for the contents of a shop's pictures. A URL in use is never revoked; one
// that nobody uses is kept for a while, since the next view often shows the same picture.
//
// Invariants:
//   (1) A content has at most one URL at a time.
//   (2) At most kSpareUrls URLs are kept that nobody uses; the longest unused goes first.
import type { Shop } from './shop'

// A phone's screen shows about ten cards, a large one sixty: a few screens stay ready.
const kSpareUrls = 240

interface Entry {
  readonly url: string
  users: number
}

export class Pictures {
  readonly #entries = new Map<string, Entry>()
  readonly #shop: Shop

  constructor(shop: Shop) {
    this.#shop = shop
  }

  // A URL for the content, or null when the shop lacks it. Each call that gave a URL needs one
  // release() when the picture is no longer shown.
  acquire(sha256: string): string | null {
    const entry = this.#entries.get(sha256) ?? this.#create(sha256)
    if (entry) entry.users += 1
    return entry?.url ?? null
  }

  release(sha256: string): void {
    const entry = this.#entries.get(sha256)
    if (!entry || --entry.users > 0) return
    this.#entries.delete(sha256)
    this.#entries.set(sha256, entry)
    this.#dropSpares()
  }

  // Revokes every URL. No picture of this shop may be shown any more.
  close(): void {
    for (const { url } of this.#entries.values()) URL.revokeObjectURL(url)
    this.#entries.clear()
  }

  #create(sha256: string): Entry | null {
    const content = this.#shop.content(sha256)
    if (!content) return null
    const blob = new Blob([new Uint8Array(content.bytes)], { type: content.mimetype })
    const entry = { url: URL.createObjectURL(blob), users: 0 }
    this.#entries.set(sha256, entry)
    return entry
  }

  // A Map keeps the order of insertion, and release() inserts anew: the first spare is the oldest.
  #dropSpares(): void {
    const spares = [...this.#entries].filter(([, entry]) => entry.users === 0)
    for (const [sha256, { url }] of spares.slice(0, Math.max(0, spares.length - kSpareUrls))) {
      URL.revokeObjectURL(url)
      this.#entries.delete(sha256)
    }
  }
}
