// Pictures: object URLs for the contents of a shop's pictures. A URL in use is never revoked; one
// that nobody uses is kept for a while, since the next view often shows the same picture. What is
// asked for at the same time comes in one request.
//
// Invariants:
//   (1) A content has at most one URL at a time.
//   (2) At most kSpareUrls URLs are kept that nobody uses; the longest unused goes first.
import type { Content, Shop } from './shop'

// A phone's screen shows about ten cards, a large one sixty: a few screens stay ready.
const kSpareUrls = 240

interface Entry {
  url: string | null
  readonly ready: Promise<string | null>
  users: number
}

type Waiting = Map<string, (content: Content | null) => void>

export class Pictures {
  readonly #entries = new Map<string, Entry>()
  readonly #shop: Shop
  // Contents asked for in this turn of the page, and who waits for them.
  #waiting: Waiting = new Map()
  #isClosed = false

  constructor(shop: Shop) {
    this.#shop = shop
  }

  // The content's URL, or null as long as it is not here.
  ready(sha256: string): string | null {
    return this.#entries.get(sha256)?.url ?? null
  }

  // A URL for the content, or null when the shop lacks it. Each call needs one release() when the
  // picture is no longer shown.
  acquire(sha256: string): Promise<string | null> {
    const entry = this.#entries.get(sha256) ?? this.#create(sha256)
    entry.users += 1
    return entry.ready
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
    this.#isClosed = true
    for (const { url } of this.#entries.values()) revoke(url)
    this.#entries.clear()
  }

  #create(sha256: string): Entry {
    const ready = this.#content(sha256).then((content) => {
      if (content && !this.#isClosed) entry.url = urlOf(content)
      // Asked for again the next time, when somebody may have put it there.
      else if (this.#entries.get(sha256) === entry) this.#entries.delete(sha256)
      return entry.url
    })
    const entry: Entry = { url: null, ready, users: 0 }
    this.#entries.set(sha256, entry)
    return entry
  }

  #content(sha256: string): Promise<Content | null> {
    if (this.#waiting.size === 0) queueMicrotask(() => void this.#fetch())
    return new Promise((resolve) => this.#waiting.set(sha256, resolve))
  }

  async #fetch(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = new Map()
    // A picture that cannot be had is one that is not there: its letter stands for it.
    const contents = await this.#shop.contents([...waiting.keys()]).catch(() => [])
    const found = new Map(contents.map((content) => [content.sha256, content]))
    for (const [sha256, resolve] of waiting) resolve(found.get(sha256) ?? null)
  }

  // A Map keeps the order of insertion, and release() inserts anew: the first spare is the oldest.
  #dropSpares(): void {
    const spares = [...this.#entries].filter(([, entry]) => entry.users === 0)
    for (const [sha256, { url }] of spares.slice(0, Math.max(0, spares.length - kSpareUrls))) {
      revoke(url)
      this.#entries.delete(sha256)
    }
  }
}

function urlOf({ bytes, mimetype }: Content): string {
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mimetype }))
}

function revoke(url: string | null): void {
  if (url !== null) URL.revokeObjectURL(url)
}
