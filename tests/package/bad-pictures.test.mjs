// What people choose by mistake, and what somebody may send on purpose: each is refused with a
// reason, quickly, and the pictures that were there stay.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import {
  encoded,
  file,
  gifOfFrames,
  grainy,
  heic,
  inPieces,
  plain,
  pngBomb,
  svg,
} from './support/pictures.mjs'
import { openShop, rejection } from './support/shop.mjs'

const kFormats = ['jpeg', 'png', 'gif', 'webp', 'avif']
const kSoon_ms = 100

async function openPictures(t) {
  const db = await openShop(t)
  const image = db.product.attachment('image')
  image.attach(1, await image.prepare(await encoded('png', 30, 20)))
  return { db, image }
}

const refused = (image, source, reason) =>
  rejection(image.prepare(source), { code: 'IMAGE', reason })

test('a text named .jpg, an empty file, a drawing and a photo no browser shows', async (t) => {
  const { image } = await openPictures(t)
  await refused(image, file('hello', 'boot.jpg'), 'not_an_image')
  await refused(image, file('', 'boot.jpg'), 'empty')
  await refused(image, file('<!doctype html><title>404</title>', 'boot.jpg'), 'html')
  await refused(image, file(svg(), 'boot.svg', 'image/svg+xml'), 'svg')
  const error = await refused(image, file(heic(), 'boot.heic'), 'heic')
  assert.match(error.message, /iPhone/)
  assert.deepEqual(
    image.list(1).map(({ width }) => width),
    [30],
  )
})

test('a file that is cut short, in each format', async (t) => {
  const { image } = await openPictures(t)
  for (const format of kFormats) {
    const bytes = await encoded(format, 300, 200)
    for (const part of [0.3, 0.6, 0.9]) {
      const cut = bytes.slice(0, Math.floor(bytes.length * part))
      const error = await rejection(image.prepare(cut), { code: 'IMAGE' })
      assert.ok(['truncated', 'damaged'].includes(error.reason), `${format}: ${error.reason}`)
    }
  }
})

test('a small file that claims to be huge is refused before anything is unpacked', async (t) => {
  const { image } = await openPictures(t)
  const bombs = [
    [pngBomb(30_000, 30_000), 'too_wide'],
    [pngBomb(10_000, 10_000), 'too_many_pixels'],
    [gifOfFrames(10_000), 'too_many_frames'],
  ]
  for (const [bytes, reason] of bombs) {
    const start_ms = performance.now()
    await refused(image, bytes, reason)
    const took_ms = performance.now() - start_ms
    assert.ok(took_ms < kSoon_ms, `${reason} took ${took_ms} ms`)
  }
})

test('a large file that is cut short is refused, though its scaling has begun', async (t) => {
  const { image } = await openPictures(t)
  const whole = await grainy(500, 400)
  assert.ok(whole.length > 300_000)
  await refused(image, file(whole.slice(0, -1000), 'boot.png'), 'truncated')
  const prepared = await image.prepare(file(whole, 'boot.png'))
  assert.deepEqual([prepared.width, prepared.thumbnails.length], [500, 3])
})

test('a bomb is refused by its beginning, before the rest of it has come', async (t) => {
  const { image } = await openPictures(t)
  const start = new Uint8Array(5_000)
  start.set(pngBomb(30_000, 30_000).subarray(0, 5_000))
  let isCancelled = false
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(start),
    cancel: () => void (isCancelled = true),
  })
  await refused(image, new Response(body), 'too_wide')
  assert.ok(isCancelled)
})

test('a file of 300 MB is refused by its size, without being read', async (t) => {
  const { image } = await openPictures(t)
  const part = new Blob([new Uint8Array(10_000_000)])
  const large = new Blob([await encoded('png', 30, 20), ...Array(30).fill(part)])
  const start_ms = performance.now()
  await refused(image, large, 'too_large')
  assert.ok(performance.now() - start_ms < kSoon_ms)
})

test('a stream without an end that was announced is refused by its size as it comes', async (t) => {
  const { image } = await openPictures(t)
  const start = await encoded('png', 30, 20)
  const bytes = new Uint8Array(70 * 1024 * 1024)
  bytes.set(start.subarray(0, start.length - 20))
  new DataView(bytes.buffer).setUint32(start.length - 20, 0x7fffffff)
  await refused(image, new Response(inPieces(bytes, 1 << 20)), 'too_large')
})

test('a stream that stands still is given up, though its source never ends', async (t) => {
  const { image } = await openPictures(t)
  const start = (await encoded('png', 30, 20)).subarray(0, 40)
  const control = new AbortController()
  const body = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(start)
      control.abort()
      return new Promise(() => undefined)
    },
    cancel: () => new Promise(() => undefined),
  })
  const { signal } = control
  await rejection(image.prepare(new Response(body), { signal }), { code: 'ABORTED' })
})

test('a length that is no number is not believed', async (t) => {
  const { image } = await openPictures(t)
  const bytes = await grainy(100, 100)
  for (const length of ['abc', '12, 12', '1e400', '-5']) {
    const headers = { 'content-length': length }
    const picture = await image.prepare(new Response(inPieces(bytes, 5_000), { headers }))
    assert.equal(picture.size_bytes, bytes.length, length)
  }
})

test('rare kinds of pictures are taken, or refused with a reason', async (t) => {
  const { image } = await openPictures(t)
  const taken = {
    cmyk: plain(100, 50).toColourspace('cmyk').jpeg(),
    sixteen_bit: plain(100, 50).toColourspace('rgb16').png(),
    profile: plain(100, 50).withIccProfile('p3').jpeg(),
    progressive: plain(100, 50).jpeg({ progressive: true }),
    interlaced: plain(100, 50).png({ progressive: true }),
  }
  for (const [name, picture] of Object.entries(taken)) {
    const prepared = await image.prepare(new Uint8Array(await picture.toBuffer()))
    assert.deepEqual([prepared.width, prepared.thumbnails.length], [100, 1], name)
  }
  await refused(image, new Uint8Array(await plain(9, 9).tiff().toBuffer()), 'unsupported')
})

test('a picture whose pixels are damaged is refused where it is decoded', async (t) => {
  const { image } = await openPictures(t)
  const bytes = await encoded('png', 300, 200)
  bytes.fill(0xff, 60, bytes.length - 20)
  const error = await rejection(image.prepare(bytes), { code: 'IMAGE' })
  assert.ok(['undecodable', 'damaged', 'truncated'].includes(error.reason), error.reason)
})

test('what a file from elsewhere calls a picture is never given as a page', async (t) => {
  const { db, image } = await openPictures(t)
  const named = (mimetype) => ({ mimetype, width: 1, height: 1, sha256: 'x' })
  const bytes = new TextEncoder().encode('<script>alert(1)</script>')
  db.image_blob.create({ ...named('text/html'), size_bytes: bytes.length, bytes })
  for (const type of ['text/html', 'image/svg+xml', 'IMAGE/PNG'])
    assert.equal(image.blob(named(type)).type, 'application/octet-stream')
  assert.equal(image.blob(named('image/png')).type, 'image/png')
})

test('addresses that give no picture', async (t) => {
  const { image } = await openPictures(t)
  const server = createServer((request, response) => {
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('\x89PNG\r\n\x1a\n')
      return setImmediate(() => response.destroy())
    }
    response.writeHead(request.url === '/page' ? 200 : 404, { 'content-type': 'text/html' })
    return response.end('<!doctype html><title>Not here</title>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = `http://127.0.0.1:${server.address().port}`
  const error = await refused(image, `${at}/missing`, 'unreachable')
  assert.match(error.message, /404/)
  await refused(image, `${at}/page`, 'html')
  await refused(image, `${at}/cut`, 'unreachable')
  await refused(image, await fetch(`${at}/missing`), 'unreachable')
  await new Promise((resolve) => server.close(resolve))
  const gone = await refused(image, `${at}/page`, 'unreachable')
  assert.match(gone.message, /whether its site/)
})

test('a path in Node is refused with words about reading the file', async (t) => {
  const { image } = await openPictures(t)
  for (const path of ['/shop/boot.jpg', 'boot.jpg', 'C:\\boot.jpg', new URL('file:///boot.jpg')]) {
    const error = await refused(image, path, 'unreachable')
    assert.match(error.message, /boot\.jpg could not be fetched: it is no address\..*fs\.readFile/)
  }
})
