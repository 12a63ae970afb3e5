// Scaling pictures in Node, which cannot by itself: sharp does it, where it is installed.
import type { Sharp, SharpOptions } from 'sharp'
import { isTransparent, meanColor } from './color.js'
import { checkAborted, refusePicture } from './failures.js'
import type { Ingested, Job, Scaled } from './scale.js'
import { bytesOf, kAddressAdvice } from './source.js'
import type { Bytes } from './source.js'

type Open = (bytes: Uint8Array, options?: SharpOptions) => Sharp

/** Node cannot clone a file of a disk, and its catalog is in this thread anyway. */
export const passesFiles = false

/** A path of a disk is no address, which those who come from other libraries may expect. */
export function addressAdvice(address: string): string {
  if (/^(?:https?|data|blob):/i.test(address)) return kAddressAdvice
  return 'it is no address. A file is given as its bytes: prepare(await fs.readFile(path)).'
}

const kSampleSide = 16
const kQuality = 82

async function loadSharp(): Promise<Open> {
  try {
    // Optional, so that it must not be found when bundling.
    const name = 'sharp'
    return ((await import(name)) as { default: Open }).default
  } catch (cause) {
    const message = 'Node cannot scale pictures by itself: npm install sharp, and try again.'
    return refusePicture('no_codec', message, cause)
  }
}

const own = (buffer: Uint8Array): Bytes => new Uint8Array(buffer)

function encodePicture(picture: Sharp, mimetype: string): Sharp {
  if (mimetype === 'image/jpeg') return picture.jpeg({ quality: kQuality, mozjpeg: false })
  if (mimetype === 'image/webp') return picture.webp({ quality: kQuality })
  if (mimetype === 'image/avif') return picture.avif()
  return picture.png()
}

/** Scales a picture. Fails with IMAGE, reason no_codec without sharp; with ABORTED by `signal`. */
export async function ingest(job: Job, signal: AbortSignal | undefined): Promise<Ingested> {
  const open = await loadSharp()
  // Browsers show a WebP as its pixels lie, whatever its EXIF says; so does the original's size.
  const autoOrient = job.mimetype !== 'image/webp'
  const bytes = await bytesOf(job.content)
  const decode = (): Sharp => open(bytes, { failOn: 'error', autoOrient }).toColourspace('srgb')
  try {
    const size = { width: kSampleSide, height: kSampleSide, fit: 'fill' as const }
    const sample = own(await decode().ensureAlpha().resize(size).raw().toBuffer())
    const mimetype =
      job.mimetype === 'image/gif' && !isTransparent(sample) ? 'image/jpeg' : job.mimetype
    const thumbnails: Scaled[] = []
    for (const [width, height] of job.sizes) {
      checkAborted(signal)
      const scaled = decode().resize({ width, height, fit: 'fill' })
      const made = own(await encodePicture(scaled, mimetype).toBuffer())
      thumbnails.push({ width, height, bytes: made })
    }
    return { thumbnails, dominant_color: meanColor(sample) }
  } catch (cause) {
    checkAborted(signal)
    const message = 'This picture cannot be decoded: open it elsewhere and save it anew.'
    return refusePicture('undecodable', message, cause)
  }
}
