// The pictures of a product's items: put on, replaced, removed, taken back; and what the file then
// holds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { carried, handOver, hold, photo, pixelAt, textFile } from './support/photos.mjs'
import { downloadedShop, message, preview } from './support/shop.mjs'

const { open } = useBrowser()

// The page of the first product, and the name of its first item.
async function openItem() {
  const opened = await open({ path: '/product/1', ready: '.items' })
  const item = await opened.page.locator('.items .row-actions .hidden').first().textContent()
  return { ...opened, item: item.trim() }
}

const emptyFrame = (page, item) => page.getByLabel(`Add a picture of ${item}`)
const picture = (page) => page.locator('.items .item-picture img')

async function putOn(page, item, file) {
  await emptyFrame(page, item).setInputFiles(file)
  assert.equal(await message(page), `Put a picture on “${item}”.`)
  await picture(page).waitFor()
}

async function look(page, item) {
  await page.getByRole('button', { name: `Look at ${item}` }).click()
  await page.waitForSelector('.lightbox[open] img')
}

const undo = (page) => page.getByRole('button', { name: 'Undo' }).click()

// The original of the item's picture as the downloaded file has it, or null; and how many rows.
async function pictureOf(page, name) {
  const db = await downloadedShop(page)
  const [row] = db.product_item.find({ where: { name }, include: { image_url: true } })
  db.close()
  const original = row.image_url.find((one) => one.original) ?? null
  return { original, rows: row.image_url.length }
}

test('a picture of an item stands in its row, after a reload, and in the back office', async () => {
  const { page, item, complaints, close } = await openItem()
  await putOn(page, item, await photo('field.jpg'))
  const { original, rows } = await pictureOf(page, item)
  assert.deepEqual([original.width, original.height, original.alt, rows], [900, 600, item, 5])
  await page.reload()
  await picture(page).waitFor()
  assert.equal(await picture(page).getAttribute('alt'), item)
  await page.goto(new URL(`/manage/items?q=${encodeURIComponent(item)}`, page.url()).href)
  await page.locator('.rows .thumb .photo img').first().waitFor()
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an item has its picture replaced where it is large, and undo brings the old', async () => {
  const { page, item, complaints, close } = await openItem()
  await putOn(page, item, await photo('old.jpg'))
  const { original: old } = await pictureOf(page, item)
  await look(page, item)
  const upright = await photo('new.jpg', { width: 600, height: 900, orientation: 6 })
  await page.getByLabel('Replace').setInputFiles(upright)
  await page.waitForSelector('.lightbox[open]', { state: 'detached' })
  await page.waitForFunction(() => {
    const image = document.querySelector('.items .item-picture img')
    return image && image.naturalHeight > image.naturalWidth
  })
  const sky = await pixelAt(page, '.item-picture', 0.1, 0.1)
  assert.ok(sky.blue > 180, `${sky.blue}`)
  await undo(page)
  await page.locator('#done', { hasText: 'Taken back.' }).waitFor()
  assert.deepEqual((await pictureOf(page, item)).original, old)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an item’s picture is described where it is large, and undo brings old words', async () => {
  const { page, item, complaints, close } = await openItem()
  await putOn(page, item, await photo('field.jpg'))
  await look(page, item)
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Close')
  const words = page.getByLabel(`What the picture of ${item} shows`)
  assert.equal(await words.inputValue(), item)
  await words.fill('  A field in summer ')
  await page.keyboard.press('Enter')
  const saved = page.locator('.lightbox [role=status]', {
    hasText: 'Saved what the picture shows.',
  })
  await saved.waitFor()
  assert.equal(await words.inputValue(), 'A field in summer')
  await page.keyboard.press('Escape')
  await page.locator('.items .item-picture img[alt="A field in summer"]').waitFor()
  const { original, rows } = await pictureOf(page, item)
  assert.deepEqual([original.alt, rows], ['A field in summer', 5])
  await page.reload()
  await page.locator('.items .item-picture img[alt="A field in summer"]').waitFor()
  await page.keyboard.press('Control+z')
  await page.locator(`.items .item-picture img[alt="${item}"]`).waitFor()
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an item has its picture removed where it is large, and undo brings it back', async () => {
  const { page, item, complaints, close } = await openItem()
  await putOn(page, item, await photo('field.jpg'))
  await look(page, item)
  await page.locator('.lightbox').getByRole('button', { name: 'Remove' }).click()
  await emptyFrame(page, item).waitFor({ state: 'attached' })
  assert.equal(await message(page), `Removed the picture of “${item}”.`)
  await undo(page)
  await picture(page).waitFor()
  assert.equal((await pictureOf(page, item)).rows, 5)
  await page.locator('h1').focus()
  await page.keyboard.press('Control+Shift+z')
  await emptyFrame(page, item).waitFor({ state: 'attached' })
  assert.equal((await pictureOf(page, item)).rows, 0)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a picture that was put on an item by mistake is taken back with a key', async () => {
  const { page, item, close } = await openItem()
  await putOn(page, item, await photo('field.jpg'))
  await page.locator('h1').focus()
  await page.keyboard.press('Control+z')
  await emptyFrame(page, item).waitFor({ state: 'attached' })
  assert.equal((await pictureOf(page, item)).rows, 0)
  await close()
})

test('a picture that is dropped on an item’s row or pasted there is put on the item', async () => {
  const { page, item, complaints, close } = await openItem()
  const at = '.items tr[data-item] p'
  const letGo = await hold(page, at, [await photo('dropped.jpg')])
  await page.waitForSelector('.items tr.over')
  assert.equal(await page.locator('.tray.over').count(), 0)
  await letGo()
  await page.waitForSelector('.items tr:not(.over) .item-picture img')
  assert.equal(await message(page), `Put a picture on “${item}”.`)
  const pasted = carried([await photo('pasted.jpg', { width: 500 })])
  assert.equal(await page.evaluate(handOver, { kind: 'paste', files: pasted, at }), true)
  await page.locator('.items .item-picture img[width="500"]').waitFor()
  assert.equal((await pictureOf(page, item)).original.width, 500)
  assert.equal(await page.locator('.tray-slot').count(), 1)
  assert.deepEqual(await complaints(), [])
  await close()
})

// As Firefox does, which tells of a paste at the selected text or at the body.
test('a picture that is pasted while an item’s row has the focus is put on the item', async () => {
  const { page, item, complaints, close } = await openItem()
  await page.getByRole('button', { name: `Edit ${item}` }).focus()
  const files = carried([await photo('pasted.jpg', { width: 500 })])
  assert.equal(await page.evaluate(handOver, { kind: 'paste', files }), true)
  await page.locator('.items .item-picture img[width="500"]').waitFor()
  assert.equal(await page.locator('.tray-slot').count(), 1)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('of several pictures that are dropped on an item the first is taken', async () => {
  const { page, item, complaints, close } = await openItem()
  const photos = await Promise.all([900, 500].map((width) => photo(`${width}.jpg`, { width })))
  await (
    await hold(page, '.items .item-slot', photos)
  )()
  const refused = page.locator('.items .upload', { hasText: '500.jpg' })
  assert.match(await refused.locator('.error').textContent(), /^An item has one picture/)
  await picture(page).waitFor()
  assert.equal((await pictureOf(page, item)).original.width, 900)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('what is no picture is refused at the item in words, and nowhere else', async () => {
  const { page, item, close } = await openItem()
  await emptyFrame(page, item).setInputFiles(textFile('list.jpg'))
  const refused = page.locator('.items .upload', { hasText: 'list.jpg' })
  assert.ok((await refused.locator('.error').textContent()).length > 20)
  assert.equal(await page.locator('picture-tray .upload').count(), 0)
  await refused.getByRole('button', { name: 'Dismiss' }).click()
  await refused.waitFor({ state: 'detached' })
  assert.equal((await pictureOf(page, item)).rows, 0)
  await close()
})

test('an item that is deleted takes its picture along, and undo brings both', async () => {
  const { page, item, close } = await openItem()
  await putOn(page, item, await photo('field.jpg'))
  await page.getByRole('button', { name: `Delete ${item}` }).click()
  assert.equal(await preview(page), 'This deletes 1 item and 1 picture.')
  await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await picture(page).waitFor({ state: 'detached' })
  await undo(page)
  await picture(page).waitFor()
  assert.equal((await pictureOf(page, item)).rows, 5)
  await close()
})
