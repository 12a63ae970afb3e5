// The page without a mouse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalog } from 'vitrine/sync'
import { useBrowser } from './support/browser.mjs'
import { choose, photo, textFile } from './support/photos.mjs'
import { fill, message, openFile, preview, submit } from './support/shop.mjs'

const { open } = useBrowser()

function focusedText(page) {
  return page.evaluate(() => document.activeElement?.querySelector('h3')?.textContent ?? null)
}

test('slash goes to the search, Enter opens the first find, Escape leads back', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search')
  await page.keyboard.type('pretzel')
  await page.waitForURL(/q=pretzel/)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.product')
  assert.equal(await page.locator('h1').textContent(), 'Soft pretzel')
  await page.keyboard.press('Escape')
  await page.waitForURL(/q=pretzel/)
  assert.equal(await page.inputValue('#search'), 'pretzel')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('Escape empties the search and leaves the focus in it', async () => {
  const { page, close } = await open({ path: '/?q=pretzel', ready: 'a.card' })
  await page.focus('#search')
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => !window.location.search.includes('q='))
  assert.equal(await page.inputValue('#search'), '')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search')
  await close()
})

test('the arrows walk over the cards: from the search, along and across the rows', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.focus('#search')
  await page.keyboard.press('ArrowDown')
  assert.equal(await focusedText(page), 'Red apples')
  await page.keyboard.press('ArrowRight')
  assert.equal(await focusedText(page), 'Butter pears')
  await page.keyboard.press('ArrowDown')
  const below = await focusedText(page)
  assert.notEqual(below, 'Butter pears')
  await page.keyboard.press('ArrowUp')
  assert.equal(await focusedText(page), 'Butter pears')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.product')
  assert.equal(await page.locator('h1').textContent(), 'Butter pears')
  await close()
})

test('a slash that is typed into a field stays in the field', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await page.keyboard.type('1/2 loaf')
  assert.equal(await page.getByLabel('Name').inputValue(), '1/2 loaf')
  await close()
})

test('a category is deleted with keys alone, and the focus goes to the next', async () => {
  const { page, close } = await open({ path: '/manage/categories', ready: '.rows' })
  await page.getByRole('button', { name: 'Delete Toys' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('dialog[open]')
  const first = await page.evaluate(() => document.activeElement.textContent.trim())
  assert.equal(first, 'Keep it')
  await preview(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#done:not(:empty)')
  await page.waitForFunction(() => document.activeElement.textContent === 'Vegetables')
  assert.equal(await page.getByRole('rowheader', { name: 'Toys' }).count(), 0)
  await close()
})

test('what is taken out of a list leaves the focus to its neighbour', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  await choose(page, [await photo('one.jpg'), textFile('two.jpg'), textFile('three.jpg')])
  await message(page)
  const focusIs = (words) =>
    page.waitForFunction((one) => {
      const { ariaLabel, textContent } = document.activeElement
      return (ariaLabel ?? textContent).trim().replace(/\s+/g, ' ') === one
    }, words)
  await page.getByRole('button', { name: 'Dismiss three.jpg' }).press('Enter')
  await focusIs('Dismiss two.jpg')
  await page.getByRole('button', { name: 'Make cover of photo 1' }).press('Enter')
  await focusIs('Look at photo 1')
  await page.getByRole('button', { name: 'Remove photo 1' }).press('Enter')
  await focusIs('Look at the cover')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a dialog that is closed gives the focus back to the button that opened it', async () => {
  const { page, close } = await open({ path: '/manage/categories', ready: '.rows' })
  await page.getByRole('button', { name: 'Edit Bread' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('dialog[open]')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog[open]', { state: 'detached' })
  const name = await page.evaluate(() => document.activeElement.textContent)
  assert.match(name, /Edit\s+Bread/)
  await close()
})

test('whatever has the focus shows it', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab')
    const outline = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
      return {
        outlineStyle,
        width: parseFloat(outlineWidth),
        tag: document.activeElement.outerHTML,
      }
    })
    assert.ok(outline.outlineStyle !== 'none' && outline.width >= 2, outline.tag.slice(0, 80))
  }
  await close()
})

// Whether the head of the view has the focus, how large it is, and what frames it.
function headOf(page) {
  return page.evaluate(() => {
    const head = document.querySelector('h1')
    const { width, height } = head.getBoundingClientRect()
    const { outlineStyle } = window.getComputedStyle(head)
    return { hasFocus: head === document.activeElement, width, height, outlineStyle }
  })
}

test('the head of a view that keys lead to has the focus, but no frame', async () => {
  const { page, close } = await open({ path: '/product/1', ready: '.product' })
  await page.getByRole('link', { name: 'Manage', exact: true }).press('Enter')
  await page.waitForSelector('.rows')
  const manage = await headOf(page)
  assert.deepEqual([manage.hasFocus, manage.outlineStyle], [true, 'none'])
  await page.getByRole('link', { name: 'Window', exact: true }).press('Enter')
  await page.waitForSelector('a.card')
  const hidden = { hasFocus: true, width: 1, height: 1, outlineStyle: 'none' }
  assert.deepEqual(await headOf(page), hidden)
  await close()
})

test('keys work where a button that chooses a file has the focus', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await fill(page, { Name: 'furlong' })
  await submit(page)
  const row = page.getByRole('rowheader', { name: 'furlong' })
  await row.waitFor()
  await page.locator('input[accept=".zip"]').focus()
  await page.keyboard.press('Control+z')
  await row.waitFor({ state: 'detached' })
  await page.locator('input[accept=".zip"]').focus()
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search')
  await close()
})

async function manyPins() {
  const db = await openCatalog()
  db.product.createMany(
    Array.from({ length: 150 }, (_, at) => ({ name: `Pin ${1000 + at}`, description: '' })),
  )
  db.uom.createMany(Array.from({ length: 150 }, (_, at) => ({ name: `bag ${1000 + at}` })))
  const buffer = Buffer.from(db.export())
  db.close()
  return { name: 'many.sqlite', mimeType: 'application/vnd.sqlite3', buffer }
}

test('showing more goes on with the first that is new', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await openFile(page, await manyPins())
  const more = page.getByRole('button', { name: 'Show more of the 150' })
  await more.press('Enter')
  await more.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement.matches('a.card'))
  assert.equal(await focusedText(page), 'Pin 1120')
  await page.goto(new URL('/manage/units', page.url()).href)
  await more.press('Enter')
  await page.waitForFunction(() => document.activeElement.closest('tr'))
  const row = await page.evaluate(() => document.activeElement.closest('tr').textContent)
  assert.match(row, /bag 1120/)
  await close()
})

test('Escape in the words of a picture gives the old ones back and stays', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const field = page.getByLabel('What the cover shows')
  const before = await field.inputValue()
  await field.fill('Half a sen')
  await page.keyboard.press('Escape')
  assert.equal(await field.inputValue(), before)
  await page.keyboard.press('Escape')
  await page.locator('h1').focus()
  assert.equal(await page.locator('#done').textContent(), '')
  assert.match(page.url(), /product\/1$/)
  assert.equal(await page.locator('.product').count(), 1)
  await page.keyboard.press('Escape')
  await page.waitForSelector('a.card')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a message that is dismissed does not take the focus along', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.keyboard.press('Control+z')
  await page.locator('#problem:not(:empty)').waitFor()
  await page.locator('.notice').getByRole('button', { name: 'Dismiss' }).press('Enter')
  await page.waitForFunction(() => document.activeElement.matches('h1'))
  await close()
})
