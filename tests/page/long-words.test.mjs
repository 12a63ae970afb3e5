// Names that people write, and a designer does not think of: one word longer than a line, from
// right to left, of signs that are two units of UTF-16.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalog } from 'vitrine/sync'
import { phone, useBrowser } from './support/browser.mjs'
import { fill, message, openFile, preview, submit } from './support/shop.mjs'

const { open } = useBrowser()

const tablet = { width: 820, height: 1180 }
const kWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const kArabic = 'تفاح حلو ومقرمش، مثالي للفطائر (Pie) والعصير 100%.'

async function fileOfLongWords() {
  const db = await openCatalog()
  const { id: category_id } = db.category.create({ name: kWord, description: kWord + kWord })
  const { id: uom_id } = db.uom.create({ name: kWord, symbol: 'W'.repeat(32) })
  const goods = [
    [kWord, kWord + kWord],
    ['🍎🍐 of the week', kWord],
    ['👨‍👩‍👧 for all of them', kWord],
    ['تفاح أحمر', kArabic],
  ]
  for (const [name, description] of goods) {
    const { id: product_id } = db.product.create({ name, description, category_id })
    db.product_item.create({ name, description, product_id, uom_id })
  }
  const buffer = Buffer.from(db.export())
  db.close()
  return { name: 'long.sqlite', mimeType: 'application/vnd.sqlite3', buffer }
}

async function openLongWords(viewport) {
  const opened = await open({ viewport, ready: 'a.card' })
  await openFile(opened.page, await fileOfLongWords())
  assert.equal(await message(opened.page), 'Opened “long.sqlite”.')
  return opened
}

// Runs in the page: what stands beyond the right edge of the screen, or of the dialog.
function beyond() {
  const scope = document.querySelector('dialog[open]') ?? document.body
  const edge = scope.getBoundingClientRect().right
  return [...scope.querySelectorAll('*')]
    .filter((one) => one.checkVisibility() && !one.closest('.chips, .hidden, .awning'))
    .filter(
      (one) =>
        one.getBoundingClientRect().right > edge + 1 || one.scrollWidth > window.innerWidth + 1,
    )
    .map(({ outerHTML }) => outerHTML.slice(0, 80))
}

const views = ['/', '/product/1', '/manage/products', '/manage/items', '/manage/categories']

for (const viewport of [phone, tablet]) {
  test(`one long word stays on a screen ${viewport.width} pixels wide, in every view`, async () => {
    const { page, complaints, close } = await openLongWords(viewport)
    for (const path of [...views, '/manage/units']) {
      await page.goto(new URL(path, page.url()).href)
      await page.waitForSelector('.foot')
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(width <= viewport.width, `${path} is ${width} pixels wide`)
      assert.deepEqual(await page.evaluate(beyond), [], path)
    }
    await page.getByRole('button', { name: `Delete ${kWord}` }).click()
    await preview(page)
    assert.deepEqual(await page.evaluate(beyond), [], 'the question')
    assert.deepEqual(await complaints(), [])
    await close()
  })
}

test('the categories stand in one line on a phone', async () => {
  const { page, close } = await openLongWords(phone)
  const heights = await page.$$eval('.chip', (all) => all.map((one) => one.offsetHeight))
  assert.ok(Math.max(...heights) < 48, `${heights} pixels`)
  await close()
})

test('a word of the sample is not broken in any column of a table on a tablet', async () => {
  const { page, close } = await open({ viewport: tablet, path: '/manage/products', ready: '.rows' })
  const cell = page.locator('.rows .detail', { hasText: 'Vegetables' }).first()
  assert.ok((await cell.boundingBox()).height < 80, 'its row is as high as its picture')
  const lines = await cell.evaluate((element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return new Set([...range.getClientRects()].map(({ top }) => top)).size
  })
  assert.equal(lines, 1)
  await close()
})

test('a product without a picture has the whole first sign of its name', async () => {
  const { page, close } = await openLongWords(phone)
  assert.deepEqual(await page.locator('a.card .letter').allTextContents(), ['D', '🍎', '👨‍👩‍👧', 'ت'])
  await close()
})

test('what is written from right to left begins on the right', async () => {
  const { page, close } = await openLongWords(phone)
  await page.goto(new URL('/product/4', page.url()).href)
  const lead = page.locator('.lead', { hasText: '100%' })
  const gap = await lead.evaluate((element) => {
    const range = document.createRange()
    const text = [...element.childNodes].find(({ nodeType }) => nodeType === 3)
    range.setStart(text, 0)
    range.setEnd(text, 1)
    return element.getBoundingClientRect().right - range.getBoundingClientRect().right
  })
  assert.ok(gap < 2, `${gap} pixels from the right`)
  await close()
})

const kFresh = 'خبز طازج (1 كغ)!'

async function fileOfArabic() {
  const db = await openCatalog()
  const { id: category_id } = db.category.create({ name: kFresh, description: 'x' })
  db.product.create({ name: 'Bread', description: 'x', category_id })
  const buffer = Buffer.from(db.export())
  db.close()
  return { name: 'arabic.sqlite', mimeType: 'application/vnd.sqlite3', buffer }
}

// Whether the name in that place reads from right to left to its end: its stop is on the left.
function endsOnTheLeft(page, selector) {
  const place = page.locator(selector, { hasText: kFresh }).first()
  return place.evaluate((element, name) => {
    const texts = document.createTreeWalker(element, window.NodeFilter.SHOW_TEXT)
    while (!texts.nextNode().data.includes(name));
    const { currentNode } = texts
    const start = currentNode.data.indexOf(name)
    const leftOf = (at) => {
      const range = document.createRange()
      range.setStart(currentNode, at)
      range.setEnd(currentNode, at + 1)
      return range.getBoundingClientRect().left
    }
    return leftOf(start + name.length - 1) < leftOf(start)
  }, kFresh)
}

test('a name that is written from right to left is so inside the words of the page', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  await openFile(page, await fileOfArabic())
  await message(page)
  const places = {}
  const look = async (selector) => (places[selector] = await endsOnTheLeft(page, selector))
  await look('.chip')
  await page.locator('a.card').click()
  await page.waitForSelector('.product')
  await look('.crumbs a')
  await page.goto(new URL('/manage/categories', page.url()).href)
  await page.getByRole('button', { name: `Edit ${kFresh}` }).click()
  await fill(page, { Description: 'Fresh.' })
  await submit(page)
  assert.equal(await message(page), `Saved the category “${kFresh}”.`)
  await look('#done')
  await look('.rows th')
  await page.getByRole('button', { name: 'Add a category' }).click()
  await fill(page, { Name: kFresh, Description: 'x' })
  await submit(page)
  await look('.field .error')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Delete ${kFresh}` }).click()
  await preview(page)
  await look('#delete-title')
  const all = ['.chip', '.crumbs a', '#done', '.rows th', '.field .error', '#delete-title']
  assert.deepEqual(places, Object.fromEntries(all.map((selector) => [selector, true])))
  assert.deepEqual(await complaints(), [])
  await close()
})
