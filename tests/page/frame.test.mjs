// The frame around the views, and what it looks like when there is much to show.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phone, useBrowser } from './support/browser.mjs'
import { fileOfMany, message, preview } from './support/shop.mjs'

const { open } = useBrowser()

test('a large number is written like one wherever it stands', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.locator('input[accept*=sqlite]').setInputFiles(await fileOfMany(1200))
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
