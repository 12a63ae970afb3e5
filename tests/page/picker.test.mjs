// The field for a related row among many: it is found by typing, with keys, a mouse or a finger.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phone, useBrowser } from './support/browser.mjs'
import { downloadedShop, fill, message, rowPicker, submit } from './support/shop.mjs'

const { open } = useBrowser()

// A form for a new item, with its picker.
async function openForm(others) {
  const opened = await open({ path: '/manage/items', ready: '.rows', ...others })
  const { page } = opened
  await page.getByRole('button', { name: 'Add an item', exact: true }).click()
  const dialog = page.locator('edit-dialog dialog[open]')
  const picker = rowPicker(dialog, 'Product')
  await picker.waitFor()
  const options = page.locator('row-picker').getByRole('option')
  return { ...opened, dialog, picker, options }
}

// The option that the keys point at, once there is one.
async function pointed(page) {
  const option = page.locator('[role=option][aria-selected=true]')
  await option.waitFor()
  const id = await rowPicker(page, 'Product').getAttribute('aria-activedescendant')
  assert.equal(await option.getAttribute('id'), id)
  return (await option.innerText()).trim()
}

async function addedTo(page, name) {
  await message(page)
  const db = await downloadedShop(page)
  const item = db.product_item.get({ name }, { include: { product: true } })
  db.close()
  return item.product.name
}

test('a product is found by typing a part of its name, with keys alone', async () => {
  const { page, complaints, close, picker, options } = await openForm()
  await fill(page, { Name: 'Pretzel, frozen', Description: 'A dozen.', 'Sold by the': 'bag' })
  await picker.focus()
  await page.keyboard.type('pre')
  await page.locator('[role=option]', { hasText: 'Soft pretzel' }).waitFor()
  while ((await pointed(page)) !== 'Soft pretzel') await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.equal(await picker.inputValue(), 'Soft pretzel')
  assert.equal(await options.count(), 0)
  await page.keyboard.press('Enter')
  assert.equal(await addedTo(page, 'Pretzel, frozen'), 'Soft pretzel')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('the arrows open the list, and lead from its end to its beginning', async () => {
  const { page, close, picker, options } = await openForm()
  await picker.press('ArrowUp')
  const last = await pointed(page)
  assert.equal(last, (await options.last().innerText()).trim())
  await picker.press('ArrowDown')
  assert.equal(await pointed(page), (await options.first().innerText()).trim())
  await picker.press('ArrowUp')
  assert.equal(await pointed(page), last)
  await close()
})

test('Tab leads from the open list to the next field', async () => {
  const { page, close, dialog, picker } = await openForm()
  await picker.press('ArrowDown')
  await pointed(page)
  await page.keyboard.press('Tab')
  const next = dialog.getByLabel('Sold by the')
  assert.equal(await next.evaluate((field) => field === document.activeElement), true)
  await close()
})

test('of many products thirty are asked for, and it is said that there are more', async () => {
  const { page, close, picker, options } = await openForm()
  await picker.click()
  await options.first().waitFor()
  assert.equal(await options.count(), 30)
  const said = page.locator('row-picker [role=status]')
  assert.equal(await said.textContent(), 'The first 30 products. Type to find others.')
  await picker.fill('lemons')
  await said.getByText('1 product found.').waitFor()
  assert.deepEqual(await options.allInnerTexts(), ['Lemons'])
  await close()
})

test('names that begin with what is typed come before those that only have it', async () => {
  const { page, close, picker, options } = await openForm()
  await picker.fill('ba')
  await page.locator('row-picker [role=status]', { hasText: 'found' }).waitFor()
  const names = (await options.allInnerTexts()).map((name) => name.toLowerCase())
  const later = names.findIndex((name) => !name.startsWith('ba'))
  assert.ok(later > 0, `none first, or none later: ${names}`)
  assert.ok(names.slice(later).every((name) => !name.startsWith('ba') && name.includes('ba')))
  await close()
})

test('Escape closes the list, then warns, and only then closes the form', async () => {
  const { page, close, dialog, picker, options } = await openForm()
  await picker.fill('lem')
  await options.first().waitFor()
  await page.keyboard.press('Escape')
  await options.first().waitFor({ state: 'hidden' })
  assert.equal(await picker.getAttribute('aria-expanded'), 'false')
  assert.equal(await picker.inputValue(), 'lem')
  assert.equal(await dialog.locator('.form-error').textContent(), '')
  await page.keyboard.press('Escape')
  await dialog.getByRole('alert').getByText('not saved yet').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await close()
})

test('what is no product is said in the list, and at the field when it is sent', async () => {
  const { page, close, dialog, picker } = await openForm()
  await fill(page, { Name: 'Nothing', Description: 'Of it.', 'Sold by the': 'bag' })
  await picker.fill('zeppelin')
  await page.locator('.picker-list p').getByText('No product has “zeppelin” in its name.').waitFor()
  await submit(page)
  await page.waitForSelector('[aria-invalid=true]')
  const error = dialog.locator('#field-product_id-error')
  assert.equal(
    await error.textContent(),
    'There is no product called “zeppelin”. Choose one that is listed.',
  )
  assert.ok(await picker.evaluate((element) => element === document.activeElement))
  assert.match(await picker.getAttribute('aria-describedby'), /^field-product_id-error /)
  await fill(page, { Product: 'Lemons' })
  await submit(page)
  assert.equal(await addedTo(page, 'Nothing'), 'Lemons')
  await close()
})

test('a finger chooses as a mouse does, and the list is on the screen of a phone', async () => {
  const { page, complaints, close, picker, options } = await openForm({ viewport: phone })
  await picker.tap()
  await options.first().waitFor()
  const box = await page.locator('.picker-list').boundingBox()
  assert.ok(box.y >= 0 && box.y + box.height <= phone.height, JSON.stringify(box))
  assert.ok(box.x >= 0 && box.x + box.width <= phone.width, JSON.stringify(box))
  const name = (await options.nth(2).innerText()).trim()
  await options.nth(2).tap()
  assert.equal(await picker.inputValue(), name)
  assert.equal(await picker.getAttribute('aria-expanded'), 'false')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a name and Enter that come before any answer take the row', async () => {
  const { page, close, dialog, picker } = await openForm()
  await picker.evaluate((input) => {
    input.focus()
    for (const text of ['l', 'le', 'lem']) {
      input.value = text
      input.dispatchEvent(new window.InputEvent('input', { bubbles: true }))
    }
    const event = { key: 'Enter', bubbles: true, cancelable: true }
    input.dispatchEvent(new window.KeyboardEvent('keydown', event))
  })
  await page.waitForFunction(() => document.querySelector('[role=combobox]').value === 'Lemons')
  assert.equal(await dialog.count(), 1)
  await close()
})

test('a name that is written out needs no choosing, in whichever case', async () => {
  const { page, close, picker } = await openForm()
  await fill(page, { Name: 'Lemons, net', Description: 'Six.', 'Sold by the': 'net' })
  await picker.evaluate((input) => {
    input.value = 'lemons'
    input.dispatchEvent(new window.InputEvent('input', { bubbles: true }))
    input.form.requestSubmit()
  })
  assert.equal(await addedTo(page, 'Lemons, net'), 'Lemons')
  await close()
})

test('the form shows the product that is meant: its own, or that of the page', async () => {
  const { page, close } = await open({ path: '/product/1', ready: '.product' })
  const picker = rowPicker(page, 'Product')
  await page.getByRole('button', { name: 'Add an item' }).click()
  await picker.waitFor()
  assert.equal(await picker.inputValue(), await page.locator('h1').textContent())
  await page.keyboard.press('Escape')
  await page.goto(new URL('/manage/items?q=pretzel', page.url()).href)
  await page
    .getByRole('button', { name: /^Edit / })
    .first()
    .click()
  await picker.waitFor()
  assert.equal(await picker.inputValue(), 'Soft pretzel')
  await close()
})

test('a choice from a few stays a list that shows them all', async () => {
  const { page, close, dialog } = await openForm()
  const units = dialog.locator('select').and(dialog.getByLabel('Sold by the'))
  await page.waitForSelector('dialog[open] select:enabled')
  assert.ok((await units.locator('option').count()) > 20)
  await close()
})
