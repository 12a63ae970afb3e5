// Values of rows as JSON text that can be read back.
import { CatalogError } from '../errors.js'
import { toBase64 } from '../values/base64.js'

const plain = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { $bytes: toBase64(value) } : value

/** What `write` gives. Fails with RANGE where that would be longer than a text can be. */
export function oneText(write: () => string): string {
  try {
    return write()
  } catch (cause) {
    // Nothing else can fail in it, and each engine says this in its own way.
    const message =
      'The text would be longer than JavaScript allows: keep the catalog as .sqlite, by export().'
    throw new CatalogError({ code: 'RANGE', reason: 'too_big', message, cause })
  }
}

/** `value` as JSON, bytes as { "$bytes": base64 }. Fails with RANGE as oneText(). */
export const jsonText = (value: unknown): string => oneText(() => JSON.stringify(value, plain, 1))
