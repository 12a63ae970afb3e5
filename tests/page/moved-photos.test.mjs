// Photos that move while they are changed, by the same hand or in another tab: what is done to one
// is done to the one that was seen, wherever it stands by then.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desktop, useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'
import { message } from './support/shop.mjs'

const { open } = useBrowser()

// A product's page with photos of these widths beside its cover.
async function openPhotos(widths, options = {}) {
  const opened = await open({ path: '/product/1', ready: 'picture-tray', ...options })
  const files = await Promise.all(widths.map((width) => photo(`${width}.jpg`, { width })))
  await choose(opened.page, files)
  assert.equal(await message(opened.page), `Added ${widths.length} pictures.`)
  return opened
}

// Runs in the page: presses these buttons of the tray, faster than answers come.
function pressAll(names) {
  const buttons = [...document.querySelectorAll('picture-tray button')]
  const found = names.map((name) => buttons.find(({ textContent }) => textContent.includes(name)))
  for (const button of found) button.click()
}

// Waits until the photos of the tray have these widths.
const stand = (page, widths) =>
  page.waitForFunction((wanted) => {
    const images = [...document.querySelectorAll('.tray-slot img')].slice(1)
    return images.map((image) => image.getAttribute('width')).join() === wanted
  }, widths.join())

test('a photo whose button is pressed twice at once goes two places', async () => {
  const { page, complaints, close } = await openPhotos([500, 600, 700])
  await page.evaluate(pressAll, ['Move photo 1 back', 'Move photo 1 back'])
  await stand(page, [600, 700, 500])
  assert.deepEqual(await complaints(), [])
  await close()
})

test('the photo that was seen is removed, though one before it was moved', async () => {
  const { page, close } = await openPhotos([500, 600, 700, 800])
  await page.evaluate(pressAll, ['Remove photo 1'])
  await stand(page, [600, 700, 800])
  await page.evaluate(pressAll, ['Move photo 1 back', 'Remove photo 2'])
  await stand(page, [600, 800])
  await close()
})

test('a photo that is made the cover twice is the cover', async () => {
  const { page, close } = await openPhotos([500, 600])
  await page.evaluate(pressAll, ['Make cover of photo 1', 'Make cover of photo 1'])
  await stand(page, [256, 600])
  await page.waitForFunction(() => !document.querySelector('.stage.large.photo img[width="256"]'))
  await close()
})

test('words stay with their photo, and the focus in them, while another tab moves it', async () => {
  const { page, more, close } = await openPhotos([500, 600], { viewport: { ...desktop } })
  await page.getByLabel('What photo 1 shows').pressSequentially('A field')
  const { page: other } = await more()
  await other.evaluate(pressAll, ['Move photo 1 back'])
  await stand(page, [600, 500])
  const field = page.getByLabel('What photo 2 shows')
  assert.ok(await field.evaluate((element) => element === document.activeElement))
  await page.keyboard.type(' in May')
  await page.keyboard.press('Tab')
  await other.locator('img[width="500"][alt="A field in May"]').first().waitFor()
  await close()
})

test('a space that is typed while the words before it are kept stays', async () => {
  const { page, close } = await openPhotos([500, 600])
  const field = page.getByLabel('What photo 1 shows')
  await field.evaluate((element) => {
    const hear = (kind, words) => {
      element.value = words
      element.dispatchEvent(new window.Event(kind, { bubbles: true }))
    }
    hear('input', 'A field')
    hear('change', 'A field')
    hear('input', 'A field ')
  })
  await page.locator('.tray-slot img[alt="A field"]').waitFor()
  assert.equal(await field.inputValue(), 'A field ')
  await close()
})

test('words that are typed for a cover are not those of the next one', async () => {
  const { page, more, close } = await openPhotos([500, 600], { viewport: { ...desktop } })
  const { page: other } = await more()
  await page.getByLabel('What the cover shows').pressSequentially('An apple')
  await other.getByRole('button', { name: 'Make cover of photo 1' }).click()
  await stand(page, [256, 600])
  assert.equal(await page.getByLabel('What the cover shows').inputValue(), '')
  await page.waitForFunction(() =>
    window.dispatchEvent(new window.Event('beforeunload', { cancelable: true })),
  )
  await page.reload()
  await page.locator('.tray-slot').nth(2).waitFor()
  assert.equal(await page.getByLabel('What the cover shows').inputValue(), '')
  await close()
})
