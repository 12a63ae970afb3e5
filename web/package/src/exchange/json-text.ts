// Values of rows as JSON text that can be read back.
import { toBase64 } from '../values/base64.js'

const plain = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { $bytes: toBase64(value) } : value

/** `value` as JSON, bytes as { "$bytes": base64 }. */
export const jsonText = (value: unknown): string => JSON.stringify(value, plain, 1)
