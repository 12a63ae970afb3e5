// A photo's way through the page: dropped, seen in every tab, kept, upright, handed out as a file.
// Photos that two tabs put on at once, and what is refused for want of room.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { desktop, useBrowser } from './support/browser.mjs'
import { choose, hold, largePhoto, photo, pixelAt } from './support/photos.mjs'
import { archiveBytes, downloadedShop, message, rowCounts } from './support/shop.mjs'
import { unzip } from './support/unzip.mjs'

const { open } = useBrowser()

const isSky = ({ red, blue }) => blue > 180 && blue > red
const isField = ({ green, blue }) => green > 100 && green > blue

// Whether the photo in the strip stands upright, the sky above the field.
async function assertUpright(page, where) {
  const strip = '.strip .photo'
  const sky = await pixelAt(page, strip, 0.1, 0.1)
  assert.ok(sky.width < sky.height, `${where}: ${sky.width} x ${sky.height}`)
  assert.ok(isSky(sky) && isField(await pixelAt(page, strip, 0.5, 0.95)), where)
}

// The same of the only photo of product 1 in the archive that the page hands out.
async function assertUprightInArchive(page) {
  const files = unzip(await archiveBytes(page))
  const { pictures } = JSON.parse(files.get('manifest.json').toString('utf8'))
  const isIt = ({ table, row }) => table === 'product_photo' && row.original
  const found = pictures.filter(isIt)
  assert.deepEqual(
    found.map(({ file }) => file),
    ['product_photo/1-0/600x900.jpg'],
  )
  const turned = sharp(files.get(found[0].file)).rotate().raw()
  const { data, info } = await turned.toBuffer({ resolveWithObject: true })
  assert.deepEqual([info.width, info.height], [600, 900])
  const pixel = (x, y) => {
    const [red, green, blue] = data.subarray((y * info.width + x) * info.channels)
    return { red, green, blue }
  }
  assert.ok(isSky(pixel(60, 90)) && isField(pixel(300, 860)))
}

test('a dropped photo is in both tabs, after a reload too, upright, and in the ZIP', async () => {
  const { page: one, more, complaints, close } = await open({ path: '/product/1' })
  const two = await more()
  await one.locator('picture-tray .tray-slot').waitFor()
  const lying = await photo('upright.jpg', { width: 600, height: 900, orientation: 6 })
  const letGo = await hold(one, '.product h1', [lying])
  await one.waitForSelector('.tray.over')
  await letGo()
  assert.equal(await message(one), 'Added 1 picture.')
  await assertUpright(one, 'where it was dropped')
  await assertUpright(two.page, 'in the other tab')
  for (const page of [one, two.page]) {
    await page.reload()
    await assertUpright(page, 'after a reload')
    await assertUprightInArchive(page)
  }
  assert.deepEqual([...(await complaints()), ...(await two.complaints())], [])
  await close()
})

// The originals on product 1, as the downloaded file has them.
async function originals(page) {
  const db = await downloadedShop(page)
  const { image, photos } = db.product.get(1, { include: { image: true, photos: true } })
  db.close()
  const [covers, rest] = [image, photos].map((rows) => rows.filter(({ original }) => original))
  return { covers, rest: rest.sort((a, b) => a.order_index - b.order_index) }
}

test('photos that two tabs put on at once are all there, each with its number', async () => {
  const { page: one, more, complaints, close } = await open({ path: '/product/1' })
  const two = await more()
  const pages = [one, two.page]
  await one.getByRole('button', { name: 'Remove the cover' }).click()
  for (const page of pages) await page.waitForSelector('.stage.large.without-picture')
  const widths = [500, 510, 520, 530, 540, 550]
  const files = await Promise.all(widths.map((width) => photo(`${width}.jpg`, { width })))
  await Promise.all([choose(one, files.slice(0, 3)), choose(two.page, files.slice(3))])
  for (const page of pages) await page.locator('.tray-slot').nth(5).waitFor()
  const { covers, rest } = await originals(one)
  assert.equal(covers.length, 1)
  assert.deepEqual(
    rest.map(({ order_index: number }) => number),
    [0, 1, 2, 3, 4],
  )
  assert.deepEqual([...covers, ...rest].map(({ width }) => width).sort(), widths)
  assert.deepEqual([...(await complaints()), ...(await two.complaints())], [])
  await close()
})

// What lets the page have so much room, in bytes, or all it wants.
async function roomOf(page) {
  const devtools = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  return (room) => devtools.send('Storage.overrideQuotaForOrigin', { origin, ...room })
}

test('a photo without room for it is refused in words, and the shop is as before', async () => {
  const { page, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const before = await rowCounts(page)
  const leave = await roomOf(page)
  const large = await largePhoto('large.jpg')
  assert.ok(large.buffer.length > 3_000_000, `${large.buffer.length} bytes`)
  await leave({ quotaSize: 2_500_000 })
  await choose(page, [large])
  const words = await page
    .locator('.upload', { hasText: 'large.jpg' })
    .locator('.error')
    .textContent()
  assert.match(words, /^There is no room left for it in this browser\./)
  assert.deepEqual(await rowCounts(page), before)
  assert.equal(await page.locator('.tray-slot').count(), 1)
  await leave({})
  await choose(page, [large])
  await page.locator('.tray-slot').nth(1).waitFor()
  await close()
})

// A product in a profile of its own: in a used one the shop's file has room that nobody needs.
const openAlone = (ready) => open({ path: '/product/1', ready, viewport: { ...desktop } })

test('words without room for them stay, and Enter sends them again', async () => {
  const { page, close } = await openAlone('picture-tray')
  const leave = await roomOf(page)
  const field = page.getByLabel('What the cover shows')
  await leave({ quotaSize: 1000 })
  await field.fill('An apple, red all over')
  await field.press('Enter')
  assert.match(await message(page, 'problem'), /^There is no room left/)
  assert.equal(await field.inputValue(), 'An apple, red all over')
  await leave({})
  await field.press('Enter')
  assert.equal(await message(page), 'Saved what the picture shows.')
  await page.locator('.stage.tile img[alt="An apple, red all over"]').waitFor()
  await close()
})

test('words of an item’s picture without room for them are refused where it is large', async () => {
  const { page, close } = await openAlone('.items')
  const leave = await roomOf(page)
  await page
    .locator('.item-slot input')
    .first()
    .setInputFiles(await photo('field.jpg'))
  await page.locator('.items .item-picture button').click()
  const field = page.locator('.lightbox[open] .words')
  await leave({ quotaSize: 1000 })
  await field.fill('A field in summer')
  await field.press('Enter')
  const said = page.locator('.lightbox [role=status]')
  await said.getByText('There is no room left').waitFor()
  await leave({})
  await field.press('Enter')
  await said.getByText('Saved what the picture shows.').waitFor()
  await close()
})
