// Decoding, scaling and encoding by the browser: in the ingest worker, or on the page's thread
// where there is none. EXIF's orientation is applied, metadata is left behind, colours become sRGB.
import { CatalogError } from '../errors.js'
import { isTransparent, meanColor } from './color.js'
import type { Bytes, Content } from './source.js'

export interface Job {
  readonly content: Content
  readonly mimetype: string
  /** Widths and heights, the smallest first. */
  readonly sizes: readonly (readonly [number, number])[]
}

export interface Scaled {
  readonly width: number
  readonly height: number
  readonly bytes: Bytes
}

export interface Ingested {
  /** As `sizes`. */
  readonly thumbnails: readonly Scaled[]
  readonly dominant_color: string | null
}

/** A picture of this side says which colour there is most of, and whether any is transparent. */
const kSampleSide = 16
/** Thumbnails of photos at which no difference is seen at arm's length. */
const kQuality = 0.82

type Picture = ImageBitmap | OffscreenCanvas

function drawScaled(picture: Picture, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('There is no canvas to draw on.')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

function samplePixels(picture: Picture): Uint8ClampedArray {
  const canvas = drawScaled(picture, kSampleSide, kSampleSide)
  return (
    canvas.getContext('2d')?.getImageData(0, 0, kSampleSide, kSampleSide).data ??
    new Uint8ClampedArray()
  )
}

// A browser that cannot write a format says nothing and writes PNG.
async function encodeCanvas(
  canvas: OffscreenCanvas,
  type: string,
  hasAlpha: boolean,
): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type, quality: kQuality })
  if (blob.type === type || hasAlpha) return blob
  return canvas.convertToBlob({ type: 'image/jpeg', quality: kQuality })
}

async function decodePicture(job: Job): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([job.content], { type: job.mimetype }))
  } catch (cause) {
    const message = 'This browser cannot show this picture: save it anew as JPEG or PNG.'
    throw new CatalogError({ code: 'IMAGE', reason: 'undecodable', message, cause })
  }
}

/** The thumbnails of a picture, each drawn from the next larger one. */
export async function scaleAll(job: Job): Promise<Ingested> {
  const bitmap = await decodePicture(job)
  try {
    let from: Picture = bitmap
    const canvases: OffscreenCanvas[] = []
    for (const [width, height] of [...job.sizes].reverse()) {
      canvases.unshift((from = drawScaled(from, width, height)))
    }
    const sample = samplePixels(from)
    const hasAlpha = job.mimetype !== 'image/jpeg' && isTransparent(sample)
    // Together, for browsers encode on other threads.
    const thumbnails = await Promise.all(
      canvases.map(async (canvas): Promise<Scaled> => {
        const { width, height } = canvas
        const blob = await encodeCanvas(canvas, job.mimetype, hasAlpha)
        return { width, height, bytes: new Uint8Array(await blob.arrayBuffer()) }
      }),
    )
    return { thumbnails, dominant_color: meanColor(sample) }
  } finally {
    bitmap.close()
  }
}
