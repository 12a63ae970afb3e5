// BlockFile: a file in memory that knows which of its blocks have changed, and what they were
// before. Whoever keeps it elsewhere asks for the changes, and either has them kept or undone.
import type { FileHandle } from './handle.js'

/** As large as a page of the catalog's files. */
export const kBlockBytes = 8192

/** What has to be written elsewhere; a block that is null is gone. */
export interface BlockChanges {
  readonly size_bytes: number
  readonly blocks: ReadonlyMap<number, Uint8Array | null>
}

export class BlockFile implements FileHandle {
  readonly #blocks: Map<number, Uint8Array>
  #size_bytes: number
  /** Blocks as they were when all was kept; null for one that was not there. */
  readonly #before = new Map<number, Uint8Array | null>()
  #sizeBefore_bytes: number

  constructor(blocks: Map<number, Uint8Array>, sizeBytes: number) {
    this.#blocks = blocks
    this.#size_bytes = this.#sizeBefore_bytes = sizeBytes
  }

  read(buffer: Uint8Array, { at }: { at: number }): number {
    const length = Math.max(0, Math.min(buffer.length, this.#size_bytes - at))
    for (let done = 0; done < length;) {
      const [number, from] = place(at + done)
      const part = Math.min(kBlockBytes - from, length - done)
      const block = this.#blocks.get(number)
      if (block === undefined) buffer.fill(0, done, done + part)
      else buffer.set(block.subarray(from, from + part), done)
      done += part
    }
    return length
  }

  write(buffer: Uint8Array, { at }: { at: number }): number {
    for (let done = 0; done < buffer.length;) {
      const [number, from] = place(at + done)
      const part = Math.min(kBlockBytes - from, buffer.length - done)
      this.#changing(number).set(buffer.subarray(done, done + part), from)
      done += part
    }
    this.#size_bytes = Math.max(this.#size_bytes, at + buffer.length)
    return buffer.length
  }

  truncate(size: number): void {
    for (const number of [...this.#blocks.keys()]) {
      if (number * kBlockBytes < size) continue
      this.#note(number)
      this.#blocks.delete(number)
    }
    const [number, from] = place(size)
    if (from > 0 && size < this.#size_bytes) this.#changing(number).fill(0, from)
    this.#size_bytes = size
  }

  // Nothing is kept before keep(): a commit that SQLite has flushed waits for it.
  flush(): void {
    return undefined
  }

  getSize(): number {
    return this.#size_bytes
  }

  close(): void {
    return undefined
  }

  /** What has changed since the last kept(), or null. */
  changes(): BlockChanges | null {
    if (this.#before.size === 0 && this.#size_bytes === this.#sizeBefore_bytes) return null
    const blocks = new Map(
      [...this.#before.keys()].map((number) => [number, this.#blocks.get(number) ?? null] as const),
    )
    return { size_bytes: this.#size_bytes, blocks }
  }

  /** The changes are kept. */
  kept(): void {
    this.#before.clear()
    this.#sizeBefore_bytes = this.#size_bytes
  }

  /** The file as it was when all was kept; this one is of no use any more. */
  undone(): BlockFile {
    const blocks = new Map(this.#blocks)
    for (const [number, block] of this.#before) {
      if (block === null) blocks.delete(number)
      else blocks.set(number, block)
    }
    return new BlockFile(blocks, this.#sizeBefore_bytes)
  }

  #changing(number: number): Uint8Array {
    this.#note(number)
    const known = this.#blocks.get(number)
    if (known !== undefined) return known
    const block = new Uint8Array(kBlockBytes)
    this.#blocks.set(number, block)
    return block
  }

  #note(number: number): void {
    if (!this.#before.has(number)) {
      this.#before.set(number, this.#blocks.get(number)?.slice() ?? null)
    }
  }
}

function place(at: number): [block: number, from: number] {
  const from = at % kBlockBytes
  return [(at - from) / kBlockBytes, from]
}
