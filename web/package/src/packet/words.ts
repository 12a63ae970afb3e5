// Words: the numbers of a packet. Most are one word of 32 bits, which V8 reads without making an
// object of it; docs/packets.md says how the others are written. It knows nothing of rows.

/** A word that stands for null. */
export const kNull = -2147483648
/** A word that is followed by the two of a 64-bit float. */
export const kWide = kNull + 1
/** A word that is followed by the number of a row above, which has the same text there. */
export const kSame = kNull + 2
/** Every word up to it is special. */
export const kLastSpecial = kSame

let words: Int32Array | undefined
let float: Float64Array

/** The number in the two words at `at`. */
export function wideNumber(from: Int32Array, at: number): number {
  if (words === undefined) {
    float = new Float64Array(1)
    words = new Int32Array(float.buffer)
  }
  words[0] = from[at]
  words[1] = from[at + 1]
  return float[0]
}
