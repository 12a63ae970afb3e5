// The pictures of a product: put on by button, drop and paste, given up, refused, described,
// ordered, looked at; and what the file then holds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import {
  carried,
  choose,
  handOver,
  largePhoto,
  photo,
  pixelAt,
  textFile,
} from './support/photos.mjs'
import { downloadedShop, message } from './support/shop.mjs'

const { open } = useBrowser()

// The page of the one product that is called so.
async function openProduct(name, options = {}) {
  const opened = await open({
    path: `/?q=${encodeURIComponent(name)}`,
    ready: 'a.card',
    ...options,
  })
  await opened.page.locator('a.card', { hasText: name }).first().click()
  await opened.page.waitForSelector('picture-tray')
  return opened
}

function press(page, name) {
  return page.getByRole('button', { name, exact: true }).click()
}

// The original pictures of a product's gallery, as the downloaded file has them, in their order.
async function photosOf(page, name) {
  const db = await downloadedShop(page)
  const product = db.product.get({ name }, { include: { photos: true, image: true } })
  db.close()
  const originals = (rows) => rows.filter(({ original }) => original)
  const photos = originals(product.photos).sort((a, b) => a.order_index - b.order_index)
  return { photos, cover: originals(product.image)[0] ?? null, all: product.photos }
}

test('photos that are chosen stand in the gallery, here and after a reload', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  await choose(page, [await photo('one.jpg'), await photo('two.jpg', { width: 640, height: 480 })])
  assert.equal(await message(page), 'Added 2 pictures.')
  assert.equal(await page.locator('.tray-slot').count(), 3)
  assert.equal(await page.locator('.upload').count(), 0)
  assert.equal((await page.locator('.strip .stage').first().boundingBox()).width, 72)
  await page.reload()
  await page.locator('.tray-slot').nth(2).waitFor()
  const { photos, all } = await photosOf(page, 'Lemons')
  assert.deepEqual(
    photos.map(({ width, height }) => [width, height]),
    [
      [900, 600],
      [640, 480],
    ],
  )
  assert.equal(all.length, 9)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('the first photo of a product without one becomes its cover, in the window too', async () => {
  const { page, close } = await openProduct('Lemons')
  await press(page, 'Remove the cover')
  assert.equal(await message(page), 'Removed the picture.')
  await page.waitForSelector('.stage.large.without-picture')
  await choose(page, [await photo('cover.jpg')])
  assert.equal(await message(page), 'Added 1 picture.')
  await page.waitForSelector('.stage.large.photo img')
  await page.keyboard.press('Escape')
  const card = page.locator('a.card', { hasText: 'Lemons' }).first()
  await card.locator('.stage.photo img').waitFor()
  assert.match(await card.locator('.stage').getAttribute('style'), /--tint: ?#[0-9a-f]{6}/)
  await close()
})

test('a photo of an upright phone stands upright, large and small', async () => {
  const { page, close } = await openProduct('Lemons')
  await press(page, 'Remove the cover')
  await message(page)
  await choose(page, [await photo('upright.jpg', { width: 600, height: 900, orientation: 6 })])
  await page.waitForSelector('.stage.large.photo img')
  for (const selector of ['.stage.large', '.stage.tile']) {
    const sky = await pixelAt(page, selector, 0.1, 0.1)
    const field = await pixelAt(page, selector, 0.5, 0.9)
    assert.ok(sky.width < sky.height, `${selector}: ${sky.width} x ${sky.height}`)
    assert.ok(sky.blue > 180 && field.green > field.blue, selector)
  }
  await close()
})

test('pictures are taken from a drop anywhere on the page and from the clipboard', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  const files = carried([await photo('dropped.jpg')])
  assert.equal(await page.evaluate(handOver, { kind: 'dragover', files }), true)
  await page.waitForSelector('.tray.over')
  assert.equal(await page.evaluate(handOver, { kind: 'drop', files }), true)
  await page.waitForSelector('.tray:not(.over)')
  await page.locator('.tray-slot').nth(1).waitFor()
  assert.equal(await page.evaluate(handOver, { kind: 'paste', files }), true)
  await page.locator('.tray-slot').nth(2).waitFor()
  assert.equal((await photosOf(page, 'Lemons')).photos.length, 2)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a text that is called a picture is refused in words, and the others are taken', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  await choose(page, [await photo('one.jpg'), textFile('list.jpg'), await photo('two.jpg')])
  assert.equal(await message(page), 'Added 2 pictures.')
  const refused = page.locator('.upload', { hasText: 'list.jpg' })
  assert.ok((await refused.locator('.error').textContent()).length > 20)
  await refused.getByRole('button', { name: 'Dismiss' }).click()
  assert.equal(await page.locator('.upload').count(), 0)
  assert.equal((await photosOf(page, 'Lemons')).photos.length, 2)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('pictures that fail once their product was left are told where the visitor is', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  const files = [await largePhoto('one.jpg'), textFile('list.jpg'), textFile('bill.jpg')]
  await choose(page, files)
  await page.locator('.brand').evaluate((link) => link.click())
  const words = await message(page, 'problem')
  assert.match(words, /^Added 1 picture\. 2 pictures could not be added to “Lemons”, whose page /)
  assert.match(words, / “list\.jpg”: .{20}/)
  assert.equal(new URL(page.url()).pathname, '/')
  await page.goBack()
  await page.locator('.upload', { hasText: 'bill.jpg' }).locator('.error').waitFor()
  assert.deepEqual(await complaints(), [])
  await close()
})

// Runs in the page: presses the first Cancel as soon as it is there.
function giveUpFirst() {
  const observer = new window.MutationObserver(() => {
    const button = document.querySelector('.upload button')
    if (!button) return
    observer.disconnect()
    button.click()
  })
  observer.observe(document.body, { childList: true, subtree: true })
}

test('a picture that is given up on its way is not kept, and the next one is', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  const large = await photo('large.jpg', { width: 4000, height: 3000 })
  const files = carried([large, await photo('small.jpg')])
  await page.evaluate(giveUpFirst)
  await page.evaluate(handOver, { kind: 'drop', files })
  assert.equal(await message(page), 'Added 1 picture.')
  const { photos } = await photosOf(page, 'Lemons')
  assert.deepEqual(
    photos.map(({ width }) => width),
    [900],
  )
  assert.deepEqual(await complaints(), [])
  await close()
})

// Runs in the page: notes where the bars of pictures on their way stand, -1 without a measure.
function noteBars() {
  window.bars = new Set()
  new window.MutationObserver(() => {
    for (const bar of document.querySelectorAll('.upload progress')) window.bars.add(bar.position)
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

test('a picture that is scaled has a bar that moves, and one that waits an empty one', async () => {
  const { page, close } = await openProduct('Lemons')
  await page.evaluate(noteBars)
  await choose(page, [await largePhoto('one.jpg'), await photo('two.jpg')])
  assert.equal(await message(page), 'Added 2 pictures.')
  assert.deepEqual(await page.evaluate(() => [...window.bars].sort()), [-1, 0])
  await close()
})

test('photos are put in order with keys, and the moved one keeps the focus', async () => {
  const { page, close } = await openProduct('Lemons')
  const widths = [500, 600, 700]
  await choose(page, await Promise.all(widths.map((width) => photo(`${width}.jpg`, { width }))))
  await message(page)
  await page.getByRole('button', { name: 'Move photo 1 back' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /photo 2 back/.test(document.activeElement.textContent))
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /photo 3 forward/.test(document.activeElement.textContent))
  const { photos } = await photosOf(page, 'Lemons')
  assert.deepEqual(
    photos.map(({ width }) => width),
    [600, 700, 500],
  )
  await close()
})

test('of more pictures than are taken at once the rest is refused in one line', async () => {
  const { page, close } = await openProduct('Lemons')
  await choose(
    page,
    Array.from({ length: 103 }, (_, at) => textFile(`${at}.jpg`)),
  )
  const lines = page.locator('.upload')
  assert.equal(await lines.count(), 101)
  const words = await lines.last().locator('.error').textContent()
  assert.match(words, /^Only 100 pictures are taken at once/)
  assert.equal(await lines.last().locator('.upload-name').textContent(), '100.jpg and 2 more')
  await close()
})

test('a photo and the cover change places, each with its words', async () => {
  const { page, close } = await openProduct('Lemons')
  const { cover } = await photosOf(page, 'Lemons')
  await choose(page, [await photo('field.jpg')])
  await message(page)
  await page.getByLabel('What photo 1 shows').fill('A field in summer')
  await page.keyboard.press('Tab')
  assert.equal(await message(page), 'Saved what the picture shows.')
  await press(page, 'Make cover of photo 1')
  await page.waitForSelector('.stage.large.photo img[alt="A field in summer"]')
  const after = await photosOf(page, 'Lemons')
  assert.deepEqual([after.cover.width, after.cover.alt], [900, 'A field in summer'])
  assert.deepEqual(
    after.photos.map(({ sha256, alt }) => [sha256, alt]),
    [[cover.sha256, cover.alt]],
  )
  await close()
})

test('what a picture shows can be read whole in the tray, and is one line', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  const field = page.getByLabel('What the cover shows')
  const text = 'Three lemons in a blue bowl on a table by the window, one of them cut in two'
  await field.fill(`${text.replace(' on', '\non')} `)
  await field.press('Enter')
  assert.equal(await message(page), 'Saved what the picture shows.')
  assert.equal(await field.inputValue(), text)
  const { hidden, hasFocus } = await field.evaluate((element) => ({
    hidden: element.scrollHeight - element.clientHeight,
    hasFocus: element === document.activeElement,
  }))
  assert.ok(hidden <= 1, `${hidden} pixels of it are hidden`)
  assert.ok(hasFocus)
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.waitForFunction(() => !document.querySelector('.words').value.startsWith('Three'))
  assert.deepEqual(await complaints(), [])
  await close()
})

// By how many pixels the picture that is looked at goes beyond its place, where it would be cut.
const overhang = (page) =>
  page.evaluate(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect()
    const [stage, image] = [box('.lightbox .stage'), box('.lightbox .stage img')]
    return Math.max(
      stage.top - image.top,
      image.bottom - stage.bottom,
      stage.left - image.left,
      image.right - stage.right,
    )
  })

// How wide the picture that is looked at is drawn, in CSS pixels.
const shownWidth = (page) =>
  page.evaluate(() => {
    const image = document.querySelector('.lightbox .stage img')
    const { width, height } = image.getBoundingClientRect()
    const padding = 2 * parseFloat(window.getComputedStyle(image).paddingLeft)
    const own = Number(image.getAttribute('width')) / Number(image.getAttribute('height'))
    return Math.round(Math.min(width - padding, (height - padding) * own))
  })

test('a photo is looked at large, the next is a key away, Escape leads back to it', async () => {
  const { page, complaints, close } = await openProduct('Lemons')
  await choose(page, [await photo('field.jpg')])
  await message(page)
  await page.getByRole('button', { name: 'Look at Lemons closely' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.lightbox[open] img')
  const status = page.locator('.lightbox [role=status]')
  assert.match(await status.textContent(), /^1 of 2/)
  assert.ok((await overhang(page)) < 1)
  assert.equal(await shownWidth(page), 320, 'a cut-out of 256 pixels, as on the page')
  await page.keyboard.press('ArrowRight')
  await page.waitForSelector('.lightbox .photo img')
  assert.match(await status.textContent(), /^2 of 2/)
  assert.ok((await overhang(page)) < 1)
  assert.equal(await shownWidth(page), 900, 'a photo of 900 pixels')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.lightbox[open]', { state: 'detached' })
  assert.equal(await page.locator('.product h1').textContent(), 'Lemons')
  const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'))
  assert.equal(name, 'Look at Lemons closely')
  assert.deepEqual(await complaints(), [])
  await close()
})
