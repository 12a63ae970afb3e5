// prepare(): from a source to a PreparedPicture. The module looks at the bytes, the browser (or
// sharp) scales them, and the module looks at what came out. A catalog in a worker is given the
// file itself: its bytes never pass through the page.
import { addressAdvice, ingest, passesFiles } from './ingest.js'
import type { Calls } from '../calls.js'
import { flag } from '../options.js'
import type { Options } from '../options.js'
import { progressOf } from '../progress.js'
import { checkAborted, refusePicture } from './failures.js'
import { lookAt, lookAtStart } from './look.js'
import type { Plan } from './look.js'
import { PreparedPicture } from './prepared.js'
import type { Looked, Part } from './prepared.js'
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

/** What is made of a picture. */
interface Made {
  readonly parts: Part[]
  readonly contents: Bytes[]
  readonly color: string | null
}

/** Scales a picture to the sizes, and looks at what came out. */
export async function makeThumbnails(
  calls: Calls,
  content: Content,
  { mimetype, ladder }: Plan,
  signal: AbortSignal | undefined,
): Promise<Made> {
  const job = { content, mimetype, sizes: ladder }
  const { thumbnails, dominant_color } = await ingest(job, signal)
  checkAborted(signal)
  const looks = thumbnails.map(({ bytes }, index) => thumbnailPart(calls, ladder[index], bytes))
  const contents = thumbnails.map(({ bytes }) => bytes)
  return { parts: await Promise.all(looks), contents, color: dominant_color }
}

const planOf = ({ part: { mimetype }, ladder }: Looked): Plan => ({ mimetype, ladder })

// Whether both say the same; planOf() leaves nothing else in them.
function isSame({ mimetype, ladder }: Plan, other: Plan): boolean {
  return mimetype === other.mimetype && String(ladder) === String(other.ladder)
}

// Looks at all of the picture while it is scaled as its beginning says, where that says how. What
// that is worth is known when all was looked at: nothing, for a file that is damaged further on.
async function lookAndMake(
  calls: Calls,
  content: Content,
  begun: Plan | null,
  originalOnly: boolean,
  signal: AbortSignal | undefined,
): Promise<[Looked, Made]> {
  const early = new AbortController()
  const end = (): void => early.abort()
  signal?.addEventListener('abort', end)
  const making =
    begun === null || originalOnly ? null : makeThumbnails(calls, content, begun, early.signal)
  making?.catch(() => undefined)
  try {
    const looked = await look(calls, content)
    checkAborted(signal)
    if (originalOnly) return [looked, { parts: [], contents: [], color: null }]
    const plan = planOf(looked)
    if (making !== null && begun !== null && isSame(begun, plan)) return [looked, await making]
    end()
    return [looked, await makeThumbnails(calls, content, plan, signal)]
  } finally {
    end()
    signal?.removeEventListener('abort', end)
  }
}

/** What Attachment.prepare promises; `given` are its options, already checked for their names. */
export async function prepare(
  calls: Calls,
  source: unknown,
  given: Options,
): Promise<PreparedPicture> {
  const signal = given['signal'] as AbortSignal | undefined
  const progress = progressOf(given)
  const strip = flag(given, 'stripMetadata')
  const originalOnly = flag(given, 'originalOnly')
  const begun: { plan: Plan | null } = { plan: null }
  let content = await readSource(source, {
    signal,
    asBlob: passesFiles && calls.look !== undefined,
    check: async (start, sizeBytes) => {
      begun.plan = await lookAtStart(calls, start, sizeBytes)
    },
    progress: (part) => progress(part * kReadPart),
    advice: addressAdvice,
  })
  if (strip) {
    const { part, orientation } = await look(calls, content)
    content = withoutMetadata(await bytesOf(content), part.mimetype, orientation)
    begun.plan = null
  }
  const [{ part }, made] = await lookAndMake(calls, content, begun.plan, originalOnly, signal)
  progress(1)
  return new PreparedPicture([part, ...made.parts], [content, ...made.contents], made.color)
}
