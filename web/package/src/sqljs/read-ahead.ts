// ReadAhead: rows of a statement that were read before they are asked for, so that not every row
// costs a call of the module. The first batches are small: few rows do not cost what many do.
import { kDone, kRow } from './module.js'
import type { RawModule } from './module.js'
import { kCellWords, readRow } from './rows.js'
import type { SqlValue } from './types.js'

const kFirstRows = 2
const kMostRows = 256

export class ReadAhead {
  readonly #module: RawModule
  readonly #statement: number
  readonly #batch: number
  #most = kFirstRows
  // The code that ended the batch: kRow where more may follow.
  #code = kRow
  #message: string | null = null
  #rows = 0
  #row = -1
  #width = 0
  #cells = 0
  #blobs = 0
  #text = ''
  /** Which compilation of the statement the batch is of. */
  compilation = 0

  constructor(module: RawModule, statement: number) {
    this.#module = module
    this.#statement = statement
    this.#batch = module.glue._rawBatch()
    if (this.#batch === 0) throw new Error('out of memory')
  }

  /** Whether it stands at a row. */
  get hasRow(): boolean {
    return this.#row < this.#rows
  }

  /** Goes on to the next row of this batch, if there is one. */
  advance(): boolean {
    return ++this.#row < this.#rows
  }

  /**
   * Behind the last row of a batch: kRow with the first of the next one, kDone, or the code of a
   * failure, whose message is then `message`.
   */
  next(messageOf: () => string): number {
    if (this.#code !== kRow) return this.#code
    this.#fill(messageOf)
    return this.#rows > 0 ? kRow : this.#code
  }

  /** What made it end. */
  get message(): string | null {
    return this.#message
  }

  // The code of a batch that has rows is answered behind the last of them.
  #fill(messageOf: () => string): void {
    const { glue } = this.#module
    this.#code = glue._rawRows(this.#statement, this.#batch, this.#most)
    this.#most = Math.min(this.#most * 2, kMostRows)
    if (this.#code !== kRow && this.#code !== kDone) this.#message = messageOf()
    const cells = this.#module.answer(1)
    this.#width = glue._rawColumns(this.#statement)
    this.#rows = cells / this.#width
    this.#row = 0
    this.#cells = this.#module.answer(0) >>> 2
    this.#text = this.#module.text(this.#module.answer(2), this.#module.answer(3))
    this.#blobs = this.#module.answer(4)
    this.compilation = this.#module.answer(5)
  }

  /** The row it stands at. */
  read(exact: boolean): SqlValue[] {
    const word = this.#cells + this.#row * this.#width * kCellWords
    return readRow(this.#module, word, this.#width, exact, this.#text, this.#blobs)
  }

  free(): void {
    this.#module.glue._rawFreeBatch(this.#batch)
  }
}
