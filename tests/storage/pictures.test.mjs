// Pictures on their way from a page into the catalog's worker: a file goes there as a file, also
// from a tab that does not own the catalog, and what is attached is what was looked at.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'

const browser = useBrowser()

// In the page: a file of noise, which is large, and the products to attach it to.
const kTools = () => {
  window.pictureOf = async (side) => {
    const canvas = new OffscreenCanvas(side, side)
    const context = canvas.getContext('2d')
    const pixels = context.createImageData(side, side)
    for (let at = 0; at < pixels.data.length; at++) pixels.data[at] = (at * 2654435761) >>> 24
    context.putImageData(pixels, 0, 0)
    return new File([await canvas.convertToBlob({ type: 'image/png' })], 'noise.png')
  }
  // The most bytes that one message to the worker carried.
  window.posted = 0
  const bytesIn = (value) => {
    if (ArrayBuffer.isView(value)) return value.byteLength
    if (value === null || typeof value !== 'object' || value instanceof Blob) return 0
    return Object.values(value).reduce((sum, one) => sum + bytesIn(one), 0)
  }
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (message, ...more) {
    window.posted = Math.max(window.posted, bytesIn(message))
    return postMessage.call(this, message, ...more)
  }
}

async function openTab(tabs) {
  const page = await tabs.open()
  await page.evaluate(kTools)
  await page.evaluate(() => window.openShop({ storage: 'opfs' }).then(() => undefined))
  return page
}

const attach = (page, side) =>
  page.evaluate(async (pixels) => {
    const image = window.db.product.attachment('image')
    const { id } = await window.db.product.create({ name: `Product ${pixels}`, description: '' })
    const file = await window.pictureOf(pixels)
    const row = await image.attach(id, await image.prepare(file, { originalOnly: true }))
    const [stored, given] = [await image.blob(row), file]
    const [one, other] = [await stored.arrayBuffer(), await given.arrayBuffer()]
    const bytes = new Uint8Array(other)
    return {
      size_bytes: bytes.length,
      isSame: new Uint8Array(one).every((byte, at) => byte === bytes[at]),
      posted: window.posted,
    }
  }, side)

test('a file’s bytes never pass through the page', async (t) => {
  const page = await openTab(await browser.tabs(t))
  const { size_bytes, isSame, posted } = await attach(page, 400)
  assert.ok(isSame && size_bytes > 100_000, `${size_bytes} bytes`)
  assert.equal(posted, 0, `${posted} bytes in one message`)
  const counted = await page.evaluate(async () => {
    await window.db.uom.createMany([{ name: 'kg' }])
    return window.posted
  })
  assert.ok(counted > 0, 'bytes that are posted are not counted')
})

test('a tab that does not own the catalog attaches a file too', async (t) => {
  const tabs = await browser.tabs(t)
  const owner = await openTab(tabs)
  const other = await openTab(tabs)
  assert.equal((await attach(other, 300)).isSame, true)
  assert.equal((await attach(owner, 301)).isSame, true)
  assert.equal(await owner.evaluate(() => window.db.image_blob.count()), 2)
})

test('a file that is another one by then is refused, and nothing is stored', async (t) => {
  const page = await openTab(await browser.tabs(t))
  const found = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory()
    const handle = await folder.getFileHandle('photo.png', { create: true })
    const write = async (side) => {
      const stream = await handle.createWritable()
      await stream.write(await window.pictureOf(side))
      await stream.close()
    }
    await write(200)
    const image = window.db.product.attachment('image')
    await window.db.product.create({ name: 'Boot', description: '' })
    const picture = await image.prepare(await handle.getFile(), { originalOnly: true })
    await write(300)
    const code = await window.codeOf(image.attach(1, picture))
    return [code, await window.db.image_blob.count(), (await image.list(1)).length]
  })
  assert.deepEqual(found, ['IMAGE unreachable', 0, 0])
})
