// What both lanes of pictures do alike in the page.
export const kThumbnails = 200
export const kSmallPictures = 1_000
const kSmallBytes = 20_000
// A thousand calls are measured once their code is optimized, in both lanes.
export const kSmallWarmUps = 6

export const blobAt = async (path) => (await fetch(path)).blob()

// Shows the pictures at these addresses in a grid; ends when all of them are painted.
export async function painted(addresses) {
  const grid = document.createElement('div')
  const images = addresses.map((address) => {
    const image = document.createElement('img')
    image.width = 96
    image.src = address
    return image
  })
  grid.append(...images)
  document.body.replaceChildren(grid)
  await Promise.all(images.map((image) => image.decode()))
  // The frame after the next one has them on it.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

// Contents of 20 KB, each another one.
export function smallContents() {
  return Array.from({ length: kSmallPictures }, (_, n) => {
    const bytes = new Uint8Array(kSmallBytes)
    for (let at = 0; at < kSmallBytes; at++) bytes[at] = (at * 31 + n * 7) & 0xff
    new DataView(bytes.buffer).setUint32(0, n)
    return bytes
  })
}
