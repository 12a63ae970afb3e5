// Uploads: pictures on their way into the shop, one after the other, each with its progress, a way
// to give it up, and the reason where it could not be taken. It draws nothing and knows no catalog.
import { kFolder, kFolderType, nameOfAll } from './words'

export interface Upload extends Owner {
  readonly id: number
  readonly name: string
  // How many files it stands for: those that are too many are one.
  readonly count: number
  // From 0 to 1.
  readonly part: number
  // Why it could not be taken; empty while it can.
  readonly problem: string
}

// Whose picture it will be: the product's, or that of one of its items.
export interface Owner {
  readonly productId: number
  readonly itemId: number | null
}

export type Take = (
  file: File,
  progress: { readonly signal: AbortSignal; readonly onProgress: (part: number) => void },
) => Promise<void>

// What has come of files that were given together; what was given up counts for neither.
export interface Taken {
  readonly taken: number
  readonly failed: readonly Upload[]
}

interface Entry {
  upload: Upload
  readonly abort: AbortController
  readonly work: (progress: Parameters<Take>[1]) => Promise<void>
}

// More than anybody chooses on purpose: a wrong folder should not keep a shop busy for an hour.
const kMostAtOnce = 100

function refuse({ itemId }: Owner): Promise<void> {
  const words =
    itemId === null
      ? `Only ${kMostAtOnce} pictures are taken at once: add the rest afterwards.`
      : 'An item has one picture, and another was given with it: choose one.'
  return Promise.reject(new Error(words))
}

function workOf(file: File, take: Take): Entry['work'] {
  if (file.type === kFolderType) return () => Promise.reject(new Error(kFolder))
  return (progress) => take(file, progress)
}

export class Uploads {
  readonly #entries = new Map<number, Entry>()
  readonly #onChange: (uploads: readonly Upload[]) => void
  readonly #wordsOf: (error: unknown) => string
  #lastId = 0
  #queue: Promise<void> = Promise.resolve()

  // `wordsOf` puts a failure into a visitor's words.
  constructor(onChange: (uploads: readonly Upload[]) => void, wordsOf: (error: unknown) => string) {
    this.#onChange = onChange
    this.#wordsOf = wordsOf
  }

  // Takes the files one after the other; those over kMostAtOnce are refused in one line, of an
  // item's all but the first.
  async add(owner: Owner, files: readonly File[], take: Take): Promise<Taken> {
    const most = owner.itemId === null ? kMostAtOnce : 1
    const entries = files
      .slice(0, most)
      .map((file) => this.#enter(owner, [file], workOf(file, take)))
    const rest = files.slice(most)
    if (rest.length > 0) entries.push(this.#enter(owner, rest, () => refuse(owner)))
    this.#tell()
    const results = await Promise.all(entries.map((entry) => this.#next(entry)))
    const failed = entries.map(({ upload }) => upload).filter(({ problem }) => problem !== '')
    return { taken: results.filter(Boolean).length, failed }
  }

  // Gives an upload up, or takes the word about its failure away.
  dismiss(id: number): void {
    this.#entries.get(id)?.abort.abort()
    this.#entries.delete(id)
    this.#tell()
  }

  #enter(owner: Owner, files: readonly File[], work: Entry['work']): Entry {
    const id = ++this.#lastId
    const [name, count] = [nameOfAll(files), files.length]
    const upload = { id, ...owner, name, count, part: 0, problem: '' }
    const entry = { upload, abort: new AbortController(), work }
    this.#entries.set(id, entry)
    return entry
  }

  // Whether it was taken. One at a time: decoding a photo takes 50 MB and a core.
  #next(entry: Entry): Promise<boolean> {
    const result = this.#queue.then(() => this.#run(entry))
    this.#queue = result.then(() => undefined)
    return result
  }

  async #run(entry: Entry): Promise<boolean> {
    const { signal } = entry.abort
    if (signal.aborted) return false
    const onProgress = (part: number): void => this.#update(entry, { part })
    try {
      await entry.work({ signal, onProgress })
      this.#entries.delete(entry.upload.id)
      return true
    } catch (error) {
      if (!signal.aborted) this.#update(entry, { problem: this.#wordsOf(error) })
      return false
    } finally {
      this.#tell()
    }
  }

  #update(entry: Entry, part: Partial<Upload>): void {
    entry.upload = { ...entry.upload, ...part }
    this.#tell()
  }

  #tell(): void {
    this.#onChange([...this.#entries.values()].map(({ upload }) => upload))
  }
}
