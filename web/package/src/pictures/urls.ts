// Object URLs of pictures: one per content while it is in use, and for a while after, since the
// next view often shows the same pictures.
//
// Invariants:
//   (1) A content has at most one URL at a time.
//   (2) At most kSpareUrls URLs are kept that nobody uses; the longest unused goes first.

/** A phone's screen shows some ten pictures, a large one sixty: a few screens stay ready. */
const kSpareUrls = 240

// Older engines have no such symbol; there `using` is compiled to look for this one.
const dispose: typeof Symbol.dispose =
  Symbol.dispose ?? /* @__PURE__ */ (Symbol.for('Symbol.dispose') as typeof Symbol.dispose)

interface Entry {
  readonly url: string
  users: number
}

/** An address at which a picture can be shown until it is disposed of. */
export interface PictureUrl extends Disposable {
  /** What `<img src>` takes. */
  readonly href: string
  /** Says that the picture is no longer shown; once more changes nothing. */
  dispose(): void
}

export class Urls {
  readonly #entries = new Map<string, Entry>()

  /** The address of a content; `make` gives it as a Blob where it has none yet. */
  get(sha256: string, make: () => Blob): PictureUrl {
    const entry = this.#entries.get(sha256) ?? { url: URL.createObjectURL(make()), users: 0 }
    this.#entries.set(sha256, entry)
    entry.users++
    let isUsed = true
    const end = (): void => {
      if (isUsed) this.#release(sha256, entry)
      isUsed = false
    }
    return { href: entry.url, dispose: end, [dispose]: end }
  }

  has(sha256: string): boolean {
    return this.#entries.has(sha256)
  }

  /** Revokes all addresses. */
  close(): void {
    for (const { url } of this.#entries.values()) URL.revokeObjectURL(url)
    this.#entries.clear()
  }

  #release(sha256: string, entry: Entry): void {
    if (--entry.users > 0 || this.#entries.get(sha256) !== entry) return
    // A Map keeps the order of insertion: the first spare is the one that is longest unused.
    this.#entries.delete(sha256)
    this.#entries.set(sha256, entry)
    const spares = [...this.#entries].filter(([, { users }]) => users === 0)
    for (const [content, { url }] of spares.slice(0, Math.max(0, spares.length - kSpareUrls))) {
      URL.revokeObjectURL(url)
      this.#entries.delete(content)
    }
  }
}

const all = /* @__PURE__ */ new WeakMap<object, Urls>()

/** The addresses of one catalog's pictures; `catalog` is the object that describe() gives. */
export function urlsOf(catalog: object): Urls {
  const urls = all.get(catalog) ?? new Urls()
  all.set(catalog, urls)
  return urls
}
