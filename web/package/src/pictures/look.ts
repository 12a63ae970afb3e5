// What there is to know of a picture's bytes before it is stored: the module reads what the file
// says of itself, the platform makes its digest.
import type { Calls } from '../calls.js'
import type { Looked } from './prepared.js'
import type { Bytes, Content } from './source.js'

/** What is needed to begin scaling. */
export interface Plan {
  readonly mimetype: string
  readonly ladder: readonly (readonly [number, number])[]
}

interface Facts extends Plan {
  readonly width: number
  readonly height: number
  readonly orientation: number
  readonly sha256: string | null
}

/** Who can ask the module for facts. */
type Asking = Pick<Calls, 'value'>

async function ask(
  calls: Asking,
  content: Content,
  sizeBytes: number,
  digest: boolean,
): Promise<Facts | null> {
  const size = content instanceof Blob ? content.size : content.length
  const values = [size, sizeBytes, digest].map((value) => ['', value] as const)
  return (await calls.value('sniff', 0, values, [content])) as Facts | null
}

/**
 * What the beginning of a file of that size tells; null where its picture's size lies further on.
 * Fails with IMAGE when it is no picture, or too large.
 */
export function lookAtStart(
  calls: Asking,
  start: Content,
  sizeBytes: number,
): Promise<Plan | null> {
  return ask(calls, start, sizeBytes, false)
}

// The platform's digest is many times faster; pages that are not secure have none.
function digestOf(bytes: Bytes): Promise<ArrayBuffer> | null {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> }
  return crypto?.subtle?.digest('SHA-256', bytes) ?? null
}

function hex(digest: ArrayBuffer): string {
  const bytes = new Uint8Array(digest)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Fails with IMAGE when these are not the bytes of a picture. */
export async function lookAt(calls: Asking, bytes: Bytes): Promise<Looked> {
  // Made on another thread while the module looks.
  const digest = digestOf(bytes)
  const facts = (await ask(calls, bytes, bytes.length, digest === null)) as Facts
  const { width, height, mimetype, ladder, orientation } = facts
  const sha256 = digest === null ? (facts.sha256 ?? '') : hex(await digest)
  const part = { width, height, mimetype, size_bytes: bytes.length, sha256 }
  return { part, ladder, orientation }
}
