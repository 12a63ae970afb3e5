// prepare(): from a source to a PreparedPicture. The bytes are read, the module looks at them, the
// browser (or sharp) scales them, and the module looks at what came out.
import { ingest } from '#ingest'
import type { Calls } from '../calls.js'
import { flag } from '../options.js'
import type { Options } from '../options.js'
import { checkAborted, refusePicture } from './failures.js'
import { PreparedPicture } from './prepared.js'
import type { Part } from './prepared.js'
import { readSource } from './source.js'
import type { Bytes } from './source.js'
import { withoutMetadata } from './strip.js'

interface Facts {
  readonly mimetype: string
  readonly width: number
  readonly height: number
  readonly ladder: readonly (readonly [number, number])[]
  readonly sha256: string | null
}

/** The part of the work that is reading; scaling is the rest. */
const kReadPart = 0.5

async function look(
  calls: Calls,
  bytes: Bytes,
  sizeBytes: number,
  digest: boolean,
): Promise<Facts> {
  const asked = [bytes.length, sizeBytes, digest] as const
  const values = asked.map((value) => ['', value] as const)
  return (await calls.value('sniff', 0, values, [bytes])) as Facts
}

// The platform's digest is many times faster; pages that are not secure have none.
async function digestOf(bytes: Bytes): Promise<string | null> {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> }
  if (crypto?.subtle === undefined) return null
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function partOf(calls: Calls, bytes: Bytes): Promise<[Part, Facts]> {
  const digest = await digestOf(bytes)
  const facts = await look(calls, bytes, bytes.length, digest === null)
  const { width, height, mimetype } = facts
  const sha256 = digest ?? facts.sha256 ?? ''
  return [{ width, height, mimetype, size_bytes: bytes.length, sha256 }, facts]
}

async function thumbnailPart(
  calls: Calls,
  [width, height]: readonly [number, number],
  bytes: Bytes,
): Promise<Part> {
  const [part] = await partOf(calls, bytes)
  if (part.width === width && part.height === height) return part
  const message = `A thumbnail came out as ${part.width} x ${part.height} pixels, not as asked for.`
  return refusePicture('wrong_size', `${message} Update the browser, or save the picture anew.`)
}

/** Scales `bytes` to the sizes, and looks at what came out. */
export async function makeThumbnails(
  calls: Calls,
  bytes: Bytes,
  mimetype: string,
  sizes: readonly (readonly [number, number])[],
  signal: AbortSignal | undefined,
): Promise<{ parts: Part[]; bytes: Bytes[]; color: string | null }> {
  const { thumbnails, dominant_color } = await ingest({ bytes, mimetype, sizes }, signal)
  checkAborted(signal)
  const parts: Part[] = []
  for (const [index, { bytes: made }] of thumbnails.entries()) {
    parts.push(await thumbnailPart(calls, sizes[index], made))
  }
  return { parts, bytes: thumbnails.map((one) => one.bytes), color: dominant_color }
}

/** What Attachment.prepare promises; `given` are its options, already checked for their names. */
export async function prepare(
  calls: Calls,
  source: unknown,
  given: Options,
): Promise<PreparedPicture> {
  const signal = given['signal'] as AbortSignal | undefined
  const onProgress = given['onProgress'] as ((part: number) => void) | undefined
  const strip = flag(given, 'stripMetadata')
  const read = await readSource(source, {
    signal,
    check: async (start, sizeBytes) => {
      await look(calls, start, sizeBytes, false)
    },
    progress: (part) => onProgress?.(part * kReadPart),
  })
  let [original, facts] = await partOf(calls, read)
  let whole = read
  if (strip) {
    whole = withoutMetadata(read, facts.mimetype)
    ;[original, facts] = await partOf(calls, whole)
  }
  const made = flag(given, 'originalOnly')
    ? { parts: [], bytes: [], color: null }
    : await makeThumbnails(calls, whole, facts.mimetype, facts.ladder, signal)
  onProgress?.(1)
  return new PreparedPicture([original, ...made.parts], [whole, ...made.bytes], made.color)
}
