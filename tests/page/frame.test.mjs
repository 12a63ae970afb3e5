// The frame around the views, and what it looks like when there is much to show.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phone, useBrowser } from './support/browser.mjs'
import { fileOfMany, message, openFile, preview, submit } from './support/shop.mjs'

const { open } = useBrowser()

test('a large number is written like one wherever it stands', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await openFile(page, await fileOfMany(1200))
  assert.equal(await message(page), 'Opened “many.sqlite”.')
  const counts = await page.locator('.chip .count').allTextContents()
  assert.deepEqual(counts, ['1,200', '1,200'])
  const more = page.getByRole('button', { name: 'Show more of the 1,200' })
  await more.waitFor()
  await page.getByRole('link', { name: 'Manage', exact: true }).click()
  await page.waitForSelector('.rows')
  await more.waitFor()
  await close()
})

// Where the text of an element begins on the screen.
const left = async (page, selector) => {
  const { x } = await page.locator(selector).first().boundingBox()
  return Math.round(x)
}

test('the sign and the foot begin where the shelves do, on wide screens too', async () => {
  for (const width of [1280, 2200]) {
    const { page, close } = await open({ viewport: { width, height: 900 }, ready: '.foot' })
    const shelf = await left(page, '.shelf h2')
    assert.deepEqual([await left(page, '.brand'), await left(page, '.foot p')], [shelf, shelf])
    await close()
  }
})

test('what is said on the sign is one line, or not there', async () => {
  for (const width of [820, 1000]) {
    const { page, close } = await open({ viewport: { width, height: 1180 }, ready: '.foot' })
    const height = await page.$eval('.tagline', (one) => one.offsetHeight)
    assert.ok(height < 35, `${height} pixels`)
    await close()
  }
})

// Runs in the page: whether no part of what has the focus lies behind the message.
function isFocusFree() {
  const focused = document.activeElement
  const notice = document.querySelector('.notice')
  const [box, above] = [focused.getBoundingClientRect(), notice.getBoundingClientRect()]
  if (focused === document.body || notice.contains(focused)) return true
  return box.bottom <= above.top || box.top >= above.bottom
}

test('a message covers nothing that has the focus, nor takes it to another place', async () => {
  const viewport = { width: 390, height: 844 }
  const { page, close } = await open({ viewport, path: '/manage/products', ready: '.rows' })
  await page.getByRole('button', { name: 'Edit Aubergines' }).click()
  await submit(page)
  await message(page)
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab')
    assert.ok(await page.evaluate(isFocusFree), `after ${step} steps`)
  }
  const before = await page.evaluate(() => window.scrollY)
  await page.locator('.notice').getByRole('button', { name: 'Dismiss' }).focus()
  assert.equal(await page.evaluate(() => window.scrollY), before)
  await close()
})

test('a message that comes covers nothing that has the focus already', async () => {
  const viewport = { width: 390, height: 844 }
  const { page, close } = await open({ viewport, path: '/manage/products', ready: '.rows' })
  await page.getByRole('button', { name: 'Edit Lemons' }).evaluate((button) => {
    button.focus()
    window.scrollBy(0, button.getBoundingClientRect().bottom - window.innerHeight + 40)
  })
  await page.keyboard.press('Control+z')
  await message(page, 'problem')
  await page.waitForFunction(isFocusFree, null, { timeout: 5000 })
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Lemons/)
  await close()
})

test('on a phone a message has the width of its box, and the order its whole name', async () => {
  const { page, close } = await open({ viewport: phone, path: '/?sort=newest', ready: '.foot' })
  const { width: order } = await page.locator('.sort select').boundingBox()
  assert.ok(order > 130, `“Newest first” has ${order} pixels`)
  await page.goto(new URL('/manage/categories', page.url()).href)
  await page.getByRole('button', { name: 'Delete Bread' }).click()
  await preview(page)
  await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await message(page)
  const [words, box] = [await page.locator('#done'), await page.locator('.notice')]
  const [inner, outer] = [(await words.boundingBox()).width, (await box.boundingBox()).width]
  assert.ok(inner > 0.8 * outer, `${inner} of ${outer} pixels`)
  await close()
})

// As 360 pixels are with letters of 200 %.
test('in large letters on a phone the words of a message have a line to themselves', async () => {
  const { page, close } = await open({ viewport: { width: 180, height: 370 }, ready: '.foot' })
  await page.keyboard.press('Control+z')
  const words = page.locator('#problem:not(:empty)')
  await words.waitFor()
  const { width } = await words.boundingBox()
  assert.ok(width > 100, `${width} pixels`)
  await close()
})
