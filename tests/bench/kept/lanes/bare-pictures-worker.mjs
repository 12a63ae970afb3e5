// The worker of bare-pictures.mjs: decodes a photo, draws it in the sizes that a catalog keeps,
// each from the next larger one, and encodes them.
import { times } from '../measure.mjs'
import { answering } from './asking.mjs'

const kWidths = [1280, 640, 320, 160, 64]

function drawn(picture, width) {
  const height = Math.floor((picture.height * width) / picture.width)
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

async function thumbnails(photo) {
  let picture = await createImageBitmap(photo)
  const made = []
  for (const width of kWidths) {
    const canvas = drawn(picture, width)
    made.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 }))
    picture = canvas
  }
  if (made.some(({ size }) => size === 0)) throw new Error('a thumbnail is empty')
}

answering(({ photo, runs }) => times(runs, 2, () => thumbnails(photo)))
