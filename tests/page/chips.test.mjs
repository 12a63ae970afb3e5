// The categories to choose from: how many are seen, and that the chosen one is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalog } from 'vitrine/sync'
import { useBrowser } from './support/browser.mjs'
import { message, openFile } from './support/shop.mjs'

const { open } = useBrowser()

const phone = { width: 390, height: 844 }
const kCategories = 120

async function fileOfCategories() {
  const db = await openCatalog()
  for (let at = 1; at <= kCategories; at++) {
    const { id: category_id } = db.category.create({ name: `Shelf ${at}`, description: '' })
    db.product.create({ name: `Good ${at}`, description: '', category_id })
  }
  const buffer = Buffer.from(db.export())
  db.close()
  return { name: 'shelves.sqlite', mimeType: 'application/vnd.sqlite3', buffer }
}

// Runs in the page: the chips that are seen, and how many rows they take.
function chips() {
  const seen = [...document.querySelectorAll('.chip')].filter((chip) =>
    chip.checkVisibility({ visibilityProperty: true }),
  )
  const rows = new Set(seen.map((chip) => chip.getBoundingClientRect().top)).size
  return { rows, names: seen.map((chip) => chip.textContent.trim()) }
}

// Runs in the page: whether all of the chosen chip is on the screen.
function isCurrentSeen() {
  const { left, right } = document.querySelector('.chip[aria-current]').getBoundingClientRect()
  return left >= 0 && right <= window.innerWidth
}

test('on a phone the chosen category is seen: turned, loaded, and after Back', async () => {
  const lying = { width: phone.height, height: phone.width }
  const { page, close } = await open({ viewport: lying, path: '/?category=9', ready: 'a.card' })
  await page.setViewportSize(phone)
  await page.waitForFunction(isCurrentSeen, null, { timeout: 5000 })
  await page.reload()
  await page.waitForSelector('a.card')
  assert.equal(await page.evaluate(isCurrentSeen), true)
  await page
    .locator('.chip')
    .first()
    .evaluate((chip) => chip.click())
  await page.waitForURL((url) => url.search === '')
  assert.equal(await page.evaluate(isCurrentSeen), true)
  await page.goBack()
  await page.waitForURL(/category=9/)
  await page.waitForFunction(isCurrentSeen, null, { timeout: 5000 })
  await close()
})

test('many categories take two rows until more are asked for, with the chosen one', async () => {
  const viewport = { width: 1000, height: 400 }
  const { page, complaints, close } = await open({ viewport, ready: 'a.card' })
  await openFile(page, await fileOfCategories())
  await message(page)
  const few = await page.evaluate(chips)
  assert.equal(few.rows, 2)
  assert.deepEqual([few.names[0], few.names[1]], ['Everything 120', 'Shelf 1 1'])
  const more = page.getByRole('button', { name: 'More categories' })
  assert.equal(await more.getAttribute('aria-expanded'), 'false')
  await more.press('Enter')
  const fewer = page.getByRole('button', { name: 'Fewer categories' })
  await fewer.waitFor()
  assert.equal((await page.evaluate(chips)).names.length, kCategories + 2)
  const focused = await page.evaluate(() => document.activeElement.innerText)
  assert.match(focused, new RegExp(`^Shelf ${few.names.length - 1}\\b`))
  await page.getByRole('link', { name: 'Shelf 100 1' }).click()
  await page.waitForURL(/category=/)
  await fewer.scrollIntoViewIfNeeded()
  await fewer.click()
  const top = await page.$eval('.chips', (list) => list.getBoundingClientRect().top)
  assert.ok(top > -1, `they are ${-top} pixels above the screen`)
  const chosen = await page.evaluate(chips)
  assert.equal(chosen.rows, 2)
  assert.deepEqual(chosen.names.slice(-2), ['Shelf 100 1', 'More categories'])
  await page.setViewportSize({ ...viewport, width: 1440 })
  await page.waitForFunction(() => document.querySelector('.chips').offsetHeight < 100)
  assert.deepEqual((await page.evaluate(chips)).names.slice(-2), ['Shelf 100 1', 'More categories'])
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a few categories need no button', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  assert.equal(await page.getByRole('button', { name: 'More categories' }).count(), 0)
  await close()
})

test('the chosen chip is another where a system chooses all colours', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.emulateMedia({ forcedColors: 'active' })
  const grounds = await page.$$eval('a.chip', (all) =>
    all.map((chip) => window.getComputedStyle(chip).backgroundColor),
  )
  assert.notEqual(grounds[0], grounds[1])
  await page.emulateMedia({ forcedColors: null })
  await close()
})
