// prepare(): from a source to a PreparedPicture. The module looks at the bytes, the browser (or
// sharp) scales them, and the module looks at what came out. A catalog in a worker is given the
// file itself: its bytes never pass through the page.
import { addressAdvice, ingest, passesFiles } from '#ingest'
import type { Calls } from '../calls.js'
import { flag } from '../options.js'
import type { Options } from '../options.js'
import { checkAborted, refusePicture } from './failures.js'
import { checkStart, lookAt } from './look.js'
import type { Looked } from './look.js'
import { PreparedPicture } from './prepared.js'
import type { Part } from './prepared.js'
import { bytesOf, readSource } from './source.js'
import type { Bytes, Content } from './source.js'
import { withoutMetadata } from './strip.js'

/** The part of the work that is reading; scaling is the rest. */
const kReadPart = 0.5

async function look(calls: Calls, content: Content): Promise<Looked> {
  if (calls.look !== undefined && content instanceof Blob) return calls.look(content)
  return lookAt(calls, await bytesOf(content))
}

async function thumbnailPart(
  calls: Calls,
  [width, height]: readonly [number, number],
  bytes: Bytes,
): Promise<Part> {
  const { part } = await lookAt(calls, bytes)
  if (part.width === width && part.height === height) return part
  const message = `A thumbnail came out as ${part.width} x ${part.height} pixels, not as asked for.`
  return refusePicture('wrong_size', `${message} Update the browser, or save the picture anew.`)
}

/** Scales a picture to the sizes, and looks at what came out. */
export async function makeThumbnails(
  calls: Calls,
  content: Content,
  mimetype: string,
  sizes: readonly (readonly [number, number])[],
  signal: AbortSignal | undefined,
): Promise<{ parts: Part[]; contents: Bytes[]; color: string | null }> {
  const { thumbnails, dominant_color } = await ingest({ content, mimetype, sizes }, signal)
  checkAborted(signal)
  const looks = thumbnails.map(({ bytes }, index) => thumbnailPart(calls, sizes[index], bytes))
  const contents = thumbnails.map(({ bytes }) => bytes)
  return { parts: await Promise.all(looks), contents, color: dominant_color }
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
  let content = await readSource(source, {
    signal,
    asBlob: passesFiles && calls.look !== undefined,
    check: (start, sizeBytes) => checkStart(calls, start, sizeBytes),
    progress: (part) => onProgress?.(part * kReadPart),
    advice: addressAdvice,
  })
  let { part, ladder } = await look(calls, content)
  if (strip) {
    content = withoutMetadata(await bytesOf(content), part.mimetype)
    ;({ part, ladder } = await look(calls, content))
  }
  checkAborted(signal)
  const made = flag(given, 'originalOnly')
    ? { parts: [], contents: [], color: null }
    : await makeThumbnails(calls, content, part.mimetype, ladder, signal)
  onProgress?.(1)
  return new PreparedPicture([part, ...made.parts], [content, ...made.contents], made.color)
}
