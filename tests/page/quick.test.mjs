// A visitor who is quicker than the catalog: what is pressed and typed meanwhile is not lost, not
// done twice, and not done to something else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { holdWorkers } from './support/hold.mjs'
import { cardNames, fill, message, preview, rowCounts, submit } from './support/shop.mjs'

const { open } = useBrowser()

// Runs in the page: each key as its own event, with no time between them for an answer to come.
function pressAtOnce(keys) {
  for (const key of keys) {
    const target = document.activeElement
    const event = new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    const isTaken = !target.dispatchEvent(event)
    if (isTaken || key.length > 1 || !target.matches('input')) continue
    target.value += key
    target.dispatchEvent(new window.InputEvent('input', { bubbles: true }))
  }
}

test('a change that is slow says that it is on its way, and then what came of it', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const onItsWay = page.locator('.notice.work', { hasText: 'One moment…' })
  let letGo = await holdWorkers(page)
  await page.getByRole('button', { name: 'Remove the cover' }).click()
  await onItsWay.waitFor()
  await letGo()
  assert.equal(await message(page), 'Removed the picture.')
  letGo = await holdWorkers(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await onItsWay.waitFor()
  await letGo()
  await page.locator('#done', { hasText: 'Taken back.' }).waitFor()
  assert.equal(await onItsWay.count(), 0)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('Escape straight after Delete closes the question and stays on the page', async () => {
  const { page, complaints, close } = await open({ path: '/?q=Lemons', ready: 'a.card' })
  await page.locator('a.card', { hasText: 'Lemons' }).first().click()
  await page.waitForSelector('.product')
  await page.getByRole('button', { name: 'Delete product' }).click()
  await page.keyboard.press('Escape')
  const before = await rowCounts(page)
  assert.equal(await page.locator('dialog[open]').count(), 0)
  assert.equal(await page.locator('.product h1').textContent(), 'Lemons')
  assert.deepEqual(await rowCounts(page), before)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a form that is sent twice at once adds one row', async () => {
  const { page, complaints, close } = await open({ path: '/manage/units', ready: '.rows' })
  const { uom } = await rowCounts(page)
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await fill(page, { Name: 'furlong' })
  await page.evaluate(() => {
    const button = document.querySelector('dialog[open] button[type=submit]')
    button.click()
    button.click()
  })
  assert.equal(await message(page), 'Added the unit “furlong”.')
  assert.equal(await page.locator('dialog[open]').count(), 0)
  assert.equal((await rowCounts(page)).uom, uom + 1)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a question that is answered twice at once deletes once and says so', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Delete kilogram' }).click()
  const asked = await preview(page)
  await page.evaluate(() => {
    const button = document.querySelector('dialog[open] .danger')
    button.click()
    button.click()
  })
  assert.equal(await message(page), asked.replace('This deletes', 'Deleted'))
  assert.equal(await page.locator('#problem').textContent(), '')
  await close()
})

test('a search that is typed faster than it is answered is shown whole', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.focus('#search')
  await page.evaluate(pressAtOnce, [...'pretzel'])
  assert.equal(await page.inputValue('#search'), 'pretzel')
  await page.waitForURL(/q=pretzel$/)
  assert.deepEqual(await cardNames(page), ['Soft pretzel'])
  assert.equal(await page.inputValue('#search'), 'pretzel')
  await close()
})

test('slash and a search, typed at once on a product, are not lost', async () => {
  const { page, close } = await open({ path: '/?q=Farmhouse', ready: 'a.card' })
  await page.locator('a.card').first().click()
  await page.waitForSelector('.product')
  await page.evaluate(pressAtOnce, [...'/pretzel'])
  await page.waitForURL(/\?q=pretzel$/)
  assert.equal(await page.inputValue('#search'), 'pretzel')
  await close()
})

test('of two steps taken at once the last is shown, and one step leads back', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.evaluate(() => {
    const [first, second] = document.querySelectorAll('a.card')
    first.click()
    second.click()
  })
  await page.waitForSelector('.product')
  assert.equal(await page.locator('h1').textContent(), 'Butter pears')
  await page.goBack()
  await page.waitForSelector('a.card')
  assert.equal(new URL(page.url()).pathname, '/')
  await close()
})

test('what is typed into a new form stays while its choices arrive', async () => {
  const { page, close } = await open({ path: '/manage/products', ready: '.rows' })
  await page.evaluate(() => {
    const adds = [...document.querySelectorAll('button')]
    adds.find((button) => button.textContent.includes('Add a product')).click()
  })
  await page.keyboard.type('Gouda')
  await fill(page, { Description: 'Young, waxed.', Category: 'Bread' })
  assert.equal(await page.getByLabel('Name').inputValue(), 'Gouda')
  await submit(page)
  assert.equal(await message(page), 'Added the product “Gouda”.')
  await close()
})
