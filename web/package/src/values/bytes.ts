// Bytes and dates of any realm: frames, and the surroundings that tests run in, have classes of
// their own, which `instanceof` does not know.

/** The class of a built-in object, whichever realm it comes from: '[object Uint8Array]'. */
export function classOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}

/** The bytes of a Uint8Array or an ArrayBuffer, not copied; null of anything else. */
export function bytesIn(value: unknown): Uint8Array<ArrayBuffer> | null {
  const found = classOf(value)
  if (found === '[object Uint8Array]') return value as Uint8Array<ArrayBuffer>
  return found === '[object ArrayBuffer]' ? new Uint8Array(value as ArrayBuffer) : null
}
