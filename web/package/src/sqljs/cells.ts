// Cells: how values of SQLite lie in the module's memory. docs/packets.md describes them.

/** What a cell is. */
export const kInteger = 1
export const kReal = 2
export const kText = 3
export const kBlob = 4
export const kNull = 5
export const kError = 6
export const kBig = 7
export const kCellBytes = 16

/** The memory that cells lie in. */
export interface CellMemory {
  /** All of it in two ways, until it grows. */
  readonly words: Uint32Array
  readonly reals: Float64Array
  /** The value of the cell at `at` (a multiple of 8), whose text or bytes SQLite holds. */
  value(at: number): unknown
  /** Text as memory that SQLite takes over, put into the cell at `at`. */
  giveText(kind: number, text: string, at: number): void
  /** As giveText, for bytes. */
  giveBytes(bytes: ArrayLike<number>, at: number): void
}
