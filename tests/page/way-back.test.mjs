// Every view is found as it was left: by Back and Forward, by Escape, and by loading it again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { fileOfMany, message, openFile } from './support/shop.mjs'

const { open } = useBrowser()

// Opens the card at `index`; gives where the window stood, and what the card is called.
async function openCard(page, index) {
  const card = page.locator('a.card').nth(index)
  await card.scrollIntoViewIfNeeded()
  const scrollY = await page.evaluate(() => window.scrollY)
  const name = await card.locator('h3').textContent()
  await card.click()
  await page.waitForSelector('.product')
  await page.waitForFunction(() => window.scrollY === 0)
  return { scrollY, name }
}

function standsAt(page, scrollY) {
  return page.waitForFunction((y) => Math.abs(window.scrollY - y) < 4, scrollY, { timeout: 5000 })
}

// Scrolls there, and waits until that is noted.
async function scrollTo(page, y) {
  await page.evaluate((top) => window.scrollTo(0, top), y)
  await page.waitForFunction((top) => window.history.state?.scrollY === top, y, { timeout: 5000 })
}

function focusedName(page) {
  return page.evaluate(() => document.activeElement?.querySelector('h3')?.textContent)
}

test('Escape on a product finds the window as it was left, from its neighbours too', async () => {
  const { page, complaints, close } = await open({ path: '/?sort=name', ready: 'a.card' })
  const { scrollY, name } = await openCard(page, 40)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.waitForSelector('shop-window')
  await standsAt(page, scrollY)
  assert.equal(await focusedName(page), name)
  await openCard(page, 40)
  await page.locator('a.card').first().click()
  await page.waitForFunction((last) => document.querySelector('h1').textContent !== last, name)
  await page.keyboard.press('Escape')
  await page.waitForSelector('shop-window')
  await standsAt(page, scrollY)
  assert.equal(new URL(page.url()).search, '?sort=name')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('Escape on a product that was come to by its address leads to the whole window', async () => {
  const { page, close } = await open({ path: '/product/1', ready: '.product' })
  await page.keyboard.press('Escape')
  await page.waitForSelector('shop-window')
  assert.equal(new URL(page.url()).pathname, '/')
  await page.goBack()
  await page.waitForSelector('.product')
  await close()
})

test('Back finds as many cards as were shown, and loading the page again does', async () => {
  const { page, close } = await open({ path: '/?sort=name', ready: 'a.card' })
  await openFile(page, await fileOfMany(400))
  await message(page)
  const cards = (count) =>
    page.waitForFunction((all) => document.querySelectorAll('a.card').length === all, count)
  for (const count of [240, 360]) {
    await page.getByRole('button', { name: 'Show more' }).click()
    await cards(count)
  }
  const { scrollY, name } = await openCard(page, 300)
  await page.goBack()
  await page.waitForSelector('shop-window')
  await standsAt(page, scrollY)
  await cards(360)
  assert.equal(await focusedName(page), name)
  await page.reload()
  await page.waitForSelector('shop-window')
  await standsAt(page, scrollY)
  await cards(360)
  await close()
})

test('a page loaded again stands where it stood, and so does one gone forward to', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await scrollTo(page, 1700)
  await page.reload()
  await page.waitForSelector('a.card')
  await standsAt(page, 1700)
  await page
    .locator('a.card')
    .first()
    .evaluate((card) => card.click())
  await page.waitForSelector('.product')
  await scrollTo(page, 150)
  await page.goBack()
  await page.waitForSelector('shop-window')
  await page.goForward()
  await page.waitForSelector('.product')
  await standsAt(page, 150)
  await close()
})

test('Back to another category of the window stands where that stood', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await scrollTo(page, 1200)
  await page.locator('.chip', { hasText: 'Bread' }).evaluate((chip) => chip.click())
  await page.waitForURL(/category/)
  await page.goBack()
  await page.waitForFunction(() => window.location.search === '')
  await standsAt(page, 1200)
  await close()
})
