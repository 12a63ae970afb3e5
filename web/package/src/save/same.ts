// When a value of a graph is what is stored already.

// As JSON a Date is the text that is stored. What cannot be JSON is refused when it goes out.
function isSameJson(given: unknown, stored: unknown): boolean {
  try {
    return JSON.stringify(given) === JSON.stringify(stored)
  } catch {
    return false
  }
}

/** Whether writing `given` over `stored` would change nothing. */
export function isSame(given: unknown, stored: unknown): boolean {
  if (given === stored) return true
  if (given === null || stored === null || typeof given !== 'object') return false
  if (!(given instanceof Uint8Array)) return isSameJson(given, stored)
  const bytes = stored as Uint8Array
  return given.length === bytes.length && given.every((byte, index) => byte === bytes[index])
}
