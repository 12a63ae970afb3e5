// Photos for the tests, made by sharp: a sky over a field, so that up and down can be told apart.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

function landscape(width, height) {
  const horizon = Math.round(height * 0.6)
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="100%" height="${horizon}" fill="#6db3e8"/>
      <rect y="${horizon}" width="100%" height="100%" fill="#4d8a3c"/>
      <circle cx="${width * 0.7}" cy="${height * 0.25}" r="${height * 0.12}" fill="#ffe08a"/>
    </svg>`,
  )
}

// A file as setInputFiles takes it. With orientation 6 the pixels lie on their side, as a phone
// that is held upright writes them.
export async function photo(name, { width = 900, height = 600, orientation = 1 } = {}) {
  const upright = sharp(landscape(width, height)).flatten()
  const lying = orientation === 6 ? sharp(await upright.png().toBuffer()).rotate(-90) : upright
  const buffer = await lying.jpeg({ quality: 85 }).withMetadata({ orientation }).toBuffer()
  return { name, mimeType: 'image/jpeg', buffer }
}

// A photo of noise, which cannot be packed: of this size over 3 MB.
export async function largePhoto(name) {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 }
  const create = { width: 2400, height: 1800, channels: 3, background: '#808080', noise }
  const buffer = await sharp({ create }).jpeg({ quality: 90 }).toBuffer()
  return { name, mimeType: 'image/jpeg', buffer }
}

export function textFile(name) {
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from('Two pounds of apples, please.') }
}

// Chooses files with the tray's button.
export function choose(page, files) {
  return page.locator('picture-tray input[type=file]').setInputFiles(files)
}

// The paths of the files on this machine; what has no bytes is a folder. They are read some time
// after a drop, so that they stay as long as the tests run.
function written(files) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-drop-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return files.map(({ name, buffer }) => {
    const path = join(folder, name)
    if (buffer) writeFileSync(path, buffer)
    else mkdirSync(path)
    return path
  })
}

// Holds files of this machine over the middle of what `at` selects, as a hand with a mouse does;
// what it gives lets go of them. The browser itself makes the events, and reads the files.
export async function hold(page, at, files) {
  const place = page.locator(at).first()
  await place.scrollIntoViewIfNeeded()
  const { x, y, width, height } = await place.boundingBox()
  const paths = written(files)
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  const tell = (type) =>
    devtools.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data })
  await tell('dragEnter')
  await tell('dragOver')
  return () => tell('drop')
}

// Runs in the page: hands it files as a drop or a paste does, at the first place that `at` selects.
export function handOver({ kind, files, at = 'body' }) {
  const data = new window.DataTransfer()
  for (const { name, mimeType, base64 } of files) {
    const bytes = Uint8Array.from(window.atob(base64), (letter) => letter.charCodeAt(0))
    data.items.add(new window.File([bytes], name, { type: mimeType }))
  }
  const options = { bubbles: true, cancelable: true }
  const event =
    kind === 'paste'
      ? new window.ClipboardEvent('paste', { ...options, clipboardData: data })
      : new window.DragEvent(kind, { ...options, dataTransfer: data })
  // Firefox gives such an event a clipboard of its own.
  if (event.clipboardData?.files.length === 0)
    for (const file of data.files) event.clipboardData.items.add(file)
  document.querySelector(at).dispatchEvent(event)
  return event.defaultPrevented
}

// The files in the form that handOver takes.
export function carried(files) {
  return files.map(({ buffer, ...rest }) => ({ ...rest, base64: buffer.toString('base64') }))
}

// The pixel at a place of the first picture that the selector finds, from 0 to 1, once it is there.
export async function pixelAt(page, selector, x, y) {
  await page.waitForFunction(
    (one) => document.querySelector(one)?.naturalWidth > 0,
    `${selector} img`,
  )
  return page.evaluate(readPixel, { selector: `${selector} img`, x, y })
}

function readPixel({ selector, x, y }) {
  const picture = document.querySelector(selector)
  const { naturalWidth: width, naturalHeight: height } = picture
  const context = new window.OffscreenCanvas(width, height).getContext('2d')
  context.drawImage(picture, 0, 0)
  const [red, green, blue] = context.getImageData(
    Math.floor(x * width),
    Math.floor(y * height),
    1,
    1,
  ).data
  return { red, green, blue, width, height }
}
