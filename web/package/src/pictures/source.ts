// Source: where a picture's bytes come from. They are read whole, after their beginning was looked
// at: what is no picture, or too large, is refused before the rest is read.
import { CatalogError } from '../errors.js'
import { bytesIn } from '../values/bytes.js'
import { checkAborted, refusePicture } from './failures.js'

/** A file, bytes, an answer to a fetch, or an address to be fetched. */
export type PictureSource = Blob | ArrayBuffer | Uint8Array | Response | URL | string

export type Bytes = Uint8Array<ArrayBuffer>

/** A picture's bytes, or a file of them that is passed on unread. */
export type Content = Bytes | Blob

export interface Reading {
  readonly signal?: AbortSignal | undefined
  /** Whether a file is wanted, rather than its bytes. */
  readonly asBlob: boolean
  /** Fails when a file that begins so, and has that size, is no picture. */
  check(start: Content, sizeBytes: number): void | Promise<void>
  /** Told how much there is, from 0 to 1. */
  progress(part: number): void
  /** What to do about an address that cannot be fetched. */
  advice(address: string): string
}

export const kAddressAdvice =
  'look whether the address is right, and whether its site lets others use it.'

/** Enough to tell every format, and a text from a picture. */
const kStartBytes = 4096
/** Enough for the size of nearly every photo, which comes after a small copy of it. */
const kFileStartBytes = 128 * 1024
/** Beyond it no size that was announced is waited for: the catalog takes far less. */
const kMostBytes = 64 * 1024 * 1024

/** The bytes of `content`. Fails with IMAGE, reason unreachable, for a file that is gone. */
export async function bytesOf(content: Content): Promise<Bytes> {
  if (!(content instanceof Blob)) return content
  try {
    return new Uint8Array(await content.arrayBuffer())
  } catch (cause) {
    return unreadable(cause)
  }
}

function unreadable(cause: unknown): never {
  const message = 'The picture could not be read to its end: try again.'
  return refusePicture('unreachable', message, cause)
}

function joinParts(parts: readonly Uint8Array[], sizeBytes: number): Bytes {
  const bytes = new Uint8Array(sizeBytes)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

async function readBlob(blob: Blob, reading: Reading): Promise<Content> {
  const start = blob.slice(0, kFileStartBytes)
  await reading.check(reading.asBlob ? start : await bytesOf(start), blob.size)
  return reading.asBlob ? blob : bytesOf(blob)
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  announced: number,
  reading: Reading,
): Promise<Bytes> {
  const reader = stream.getReader()
  // What does not come is not waited for.
  const end = (): void => void reader.cancel().catch(() => undefined)
  reading.signal?.addEventListener('abort', end)
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  let checked = false
  try {
    for (;;) {
      checkAborted(reading.signal)
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      sizeBytes += value.length
      if (announced > 0) reading.progress(Math.min(1, sizeBytes / announced))
      const isStart = !checked && sizeBytes >= kStartBytes
      if (!isStart && sizeBytes <= kMostBytes) continue
      checked = true
      // More is to come, even where less was announced: packed on its way, it is longer here.
      await reading.check(joinParts(parts, sizeBytes), Math.max(sizeBytes + 1, announced))
    }
  } catch (error) {
    end()
    throw error
  } finally {
    reading.signal?.removeEventListener('abort', end)
  }
  return joinParts(parts, sizeBytes)
}

// How long it says it is; 0 where that is no number.
function announcedBytes({ headers }: Response): number {
  const bytes = Number(headers.get('content-length') ?? 0)
  return Number.isFinite(bytes) ? bytes : 0
}

async function readResponse(response: Response, reading: Reading): Promise<Bytes> {
  if (!response.ok) {
    const message = `${response.url || 'The address'} answered ${response.status}: no picture came.`
    refusePicture('unreachable', `${message} Look whether the address is right.`)
  }
  if (response.bodyUsed) refusePicture('unreachable', 'This Response was read before: fetch again.')
  if (response.body === null) return new Uint8Array()
  return readStream(response.body, announcedBytes(response), reading)
}

async function readAddress(address: URL | string, reading: Reading): Promise<Bytes> {
  let response: Response
  try {
    response = await fetch(address, reading.signal ? { signal: reading.signal } : {})
  } catch (cause) {
    checkAborted(reading.signal)
    const message = `${String(address)} could not be fetched: ${reading.advice(String(address))}`
    return refusePicture('unreachable', message, cause)
  }
  return readResponse(response, reading)
}

function readAny(source: unknown, reading: Reading): Promise<Content> | Content {
  // Copies: what is attached later is what was looked at now.
  const bytes = bytesIn(source)
  if (bytes !== null) return new Uint8Array(bytes)
  if (source instanceof Blob) return readBlob(source, reading)
  if (source instanceof Response) return readResponse(source, reading)
  if (typeof source === 'string' || source instanceof URL) return readAddress(source, reading)
  const message = 'A picture is a File or Blob, bytes, a Response or an address.'
  throw new CatalogError({ code: 'VALIDATION', message })
}

/** What a source holds, its own. Fails with IMAGE, reason unreachable, or as `check` does. */
export async function readSource(source: unknown, reading: Reading): Promise<Content> {
  checkAborted(reading.signal)
  try {
    const content = await readAny(source, reading)
    checkAborted(reading.signal)
    reading.progress(1)
    const isWanted = content instanceof Blob || !reading.asBlob
    return isWanted ? content : new Blob([content])
  } catch (error) {
    checkAborted(reading.signal)
    if (error instanceof CatalogError) throw error
    return unreadable(error)
  }
}
