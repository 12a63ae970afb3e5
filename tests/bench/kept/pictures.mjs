// The pictures that lanes are measured with, as files beside their page: a photo of 12 megapixels,
// and 200 thumbnails. They are drawn, the same ones each time.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

export const kThumbnails = 200

// Grain over a slope of colours, so that it compresses as a photo does.
function drawn(width, height, seed) {
  const pixels = Buffer.alloc(width * height * 3)
  let random = seed
  for (let at = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
      const grain = random >>> 27
      pixels[at++] = ((x * 180) / width + seed + grain) & 0xff
      pixels[at++] = ((y * 180) / height + grain) & 0xff
      pixels[at++] = (60 + grain) & 0xff
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

// Writes photo.jpg and thumbnails/0.jpg … into `folder`.
export async function writePictures(folder) {
  await mkdir(join(folder, 'thumbnails'), { recursive: true })
  await drawn(4000, 3000, 1).jpeg({ quality: 90 }).toFile(join(folder, 'photo.jpg'))
  for (let n = 0; n < kThumbnails; n++) {
    await drawn(320, 240, n)
      .jpeg({ quality: 82 })
      .toFile(join(folder, `thumbnails/${n}.jpg`))
  }
}
