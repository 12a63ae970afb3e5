// The back office: adding, editing and deleting, proven by the file that the page hands out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import {
  downloadedShop,
  fileOfMany,
  fill,
  message,
  openFile,
  preview,
  rowCounts,
  submit,
} from './support/shop.mjs'

const { open } = useBrowser()

function press(page, name) {
  return page.getByRole('button', { name, exact: true }).click()
}

test('deleting a category says before and after what goes, and the file proves it', async () => {
  const { page, complaints, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const before = await rowCounts(page)
  await press(page, 'Delete Fruit')
  const asked = await preview(page)
  assert.match(asked, /^This deletes 1 category, 10 products, \d+ items, and 10 pictures\.$/)
  await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  const said = await message(page)
  assert.equal(said, asked.replace('This deletes', 'Deleted'))
  const items = Number(/(\d+) items/.exec(said)[1])
  assert.deepEqual(await rowCounts(page), {
    category: before.category - 1,
    product: before.product - 10,
    product_item: before.product_item - items,
    uom: before.uom,
    product_picture: before.product_picture - 10,
  })
  assert.equal(await page.getByRole('rowheader', { name: 'Fruit' }).count(), 0)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a delete that is not confirmed deletes nothing', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  const before = await rowCounts(page)
  await press(page, 'Delete kilogram')
  assert.match(await preview(page), /1 unit and \d+ items/)
  await press(page, 'Keep it')
  await press(page, 'Delete kilogram')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog[open]', { state: 'detached' })
  assert.deepEqual(await rowCounts(page), before)
  assert.equal(await page.locator('dialog[open]').count(), 0)
  await close()
})

test('a category, a product, an item and a unit can be added, each in the other', async () => {
  const { page, complaints, close } = await open({ path: '/manage/categories', ready: '.rows' })
  await press(page, 'Add a category')
  await fill(page, { Name: 'Cheese', Description: 'From the cool room at the back.' })
  await submit(page)
  assert.equal(await message(page), 'Added the category “Cheese”.')
  await page.getByRole('link', { name: 'Units' }).click()
  await press(page, 'Add a unit')
  await fill(page, { Name: 'wheel' })
  await submit(page)
  await page.getByRole('link', { name: 'Products' }).click()
  await press(page, 'Add a product')
  await fill(page, { Name: 'Gouda', Description: 'Young, waxed.', Category: 'Cheese' })
  await submit(page)
  await page.getByRole('link', { name: 'Gouda' }).click()
  await press(page, 'Add an item')
  await fill(page, { Name: 'Gouda, whole', Description: 'Five kilograms.', 'Sold by the': 'wheel' })
  await submit(page)
  await message(page)
  const db = await downloadedShop(page)
  const gouda = db.product.first({
    where: { name: 'Gouda' },
    include: { category: true, product_items: { include: { uom: true } } },
  })
  db.close()
  assert.equal(gouda.category.name, 'Cheese')
  assert.equal(gouda.product_items[0].name, 'Gouda, whole')
  assert.deepEqual(
    [gouda.product_items[0].uom.name, gouda.product_items[0].uom.symbol],
    ['wheel', null],
  )
  assert.deepEqual(await complaints(), [])
  await close()
})

test('deleting a product on its own page leads back to the window', async () => {
  const { page, close } = await open({ path: '/?q=Lemons', ready: 'a.card' })
  await page.locator('a.card', { hasText: 'Lemons' }).click()
  await press(page, 'Delete product Lemons')
  await preview(page)
  await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  assert.equal(await message(page), 'Deleted 1 product, 2 items, and 1 picture.')
  assert.equal(new URL(page.url()).pathname, '/')
  assert.equal(await page.locator('a.card', { hasText: 'Lemons' }).count(), 0)
  await close()
})

test('a long list shows its first rows, and the rest on demand', async () => {
  const { page, close } = await open({ path: '/manage/items', ready: '.rows' })
  const total = parseInt(await page.locator('.tally').textContent())
  const rows = page.locator('.rows tbody tr')
  assert.equal(await rows.count(), 120)
  await press(page, `Show more of the ${total}`)
  await page.waitForFunction(
    (count) => document.querySelectorAll('.rows tbody tr').length === count,
    total,
  )
  assert.equal(await page.locator('.more').count(), 0)
  await close()
})

test('an edit changes what it shows and nothing else', async () => {
  const { page, close } = await open({ path: '/manage/products?q=Lemons', ready: '.rows' })
  const before = await rowCounts(page)
  await press(page, 'Edit Lemons')
  assert.equal(await page.getByLabel('Name').inputValue(), 'Lemons')
  await fill(page, { Name: 'Sicilian lemons', Category: 'Drinks' })
  await submit(page)
  assert.equal(await message(page), 'Saved the product “Sicilian lemons”.')
  const db = await downloadedShop(page)
  const row = db.product.get({ name: 'Sicilian lemons' }, { include: { category: true } })
  db.close()
  assert.equal(row.category.name, 'Drinks')
  assert.match(row.description, /^Thick-skinned/)
  assert.deepEqual(await rowCounts(page), before)
  await close()
})

test('a product can be taken out of its category', async () => {
  const { page, close } = await open({ path: '/manage/products?q=Lemons', ready: '.rows' })
  await press(page, 'Edit Lemons')
  await fill(page, { Category: 'None yet' })
  await submit(page)
  await message(page)
  const db = await downloadedShop(page)
  assert.equal(db.product.get({ name: 'Lemons' }).category_id, null)
  db.close()
  await page.getByRole('link', { name: 'Window', exact: true }).click()
  await page.waitForSelector('.shelf')
  assert.ok((await page.locator('.shelf h2').allTextContents()).includes('New on the counter'))
  await close()
})

test('a name that is taken is said at its field, with the focus and nothing lost', async () => {
  const { page, complaints, close } = await open({ path: '/manage/products', ready: '.rows' })
  const before = await rowCounts(page)
  await press(page, 'Add a product')
  await fill(page, { Name: 'Carrots', Description: 'A second heap.' })
  await submit(page)
  const name = page.getByLabel('Name')
  await page.waitForSelector('[aria-invalid=true]')
  const error = page.locator(`#${(await name.getAttribute('aria-describedby')).split(' ')[0]}`)
  assert.equal(
    await error.textContent(),
    'There is already a product called “Carrots”. Choose another name.',
  )
  assert.ok(await name.evaluate((element) => element === document.activeElement))
  assert.equal(await page.getByLabel('Description').inputValue(), 'A second heap.')
  await fill(page, { Name: 'Purple carrots' })
  await submit(page)
  await message(page)
  assert.equal((await rowCounts(page)).product, before.product + 1)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('what is missing or too long is said at each field, the first one has the focus', async () => {
  const { page, close } = await open({ path: '/manage/products', ready: '.rows' })
  await press(page, 'Add a product')
  await submit(page)
  await page.waitForSelector('[aria-invalid=true]')
  assert.equal(await page.locator('[aria-invalid=true]').count(), 2)
  assert.equal(await page.locator('#field-name-error').textContent(), 'Write a name.')
  await fill(page, { Name: 'Long story', Description: '🥖'.repeat(256) })
  await submit(page)
  const error = page.locator('#field-description-error')
  await page.waitForFunction(() =>
    /256/.test(document.activeElement.closest('.field')?.textContent ?? ''),
  )
  assert.equal(await error.textContent(), 'This has 256 characters, and 255 fit. Shorten it.')
  await fill(page, { Description: '🥖'.repeat(255) })
  await submit(page)
  assert.equal(await message(page), 'Added the product “Long story”.')
  await close()
})

test('a form that was left opens without what was typed into it', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await press(page, 'Add a unit')
  await fill(page, { Name: 'furlong' })
  await press(page, 'Cancel')
  await press(page, 'Add a unit')
  assert.equal(await page.getByLabel('Name').inputValue(), '')
  await close()
})

test('Escape throws away what was typed only when it is pressed twice', async () => {
  const { page, complaints, close } = await open({ path: '/manage/units', ready: '.rows' })
  const dialog = page.locator('edit-dialog dialog[open]')
  await press(page, 'Add a unit')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  for (const typed of ['furlong', 'fathom']) {
    await press(page, 'Add a unit')
    await page.keyboard.type(typed)
    await page.keyboard.press('Escape')
    await dialog.getByRole('alert').getByText('not saved yet').waitFor()
    assert.equal(await dialog.getByLabel('Name').inputValue(), typed)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  assert.deepEqual(await complaints(), [])
  await close()
})

test('what was changed is still there in another tab and after a reload', async () => {
  const { page, more, close } = await open({ path: '/manage/units', ready: '.rows' })
  await press(page, 'Add a unit')
  await fill(page, { Name: 'furlong' })
  await submit(page)
  await message(page)
  assert.match(await page.locator('.foot').textContent(), /Kept in this browser/)
  const other = await more({ path: '/manage/units?q=furlong' })
  assert.equal(await other.page.locator('tbody th[scope=row]').innerText(), 'furlong')
  await other.close()
  await page.reload()
  await page.locator('tbody th[scope=row]', { hasText: 'furlong' }).waitFor()
  await close()
})

test('a shop that was emptied stays empty', async () => {
  const route = { url: '**/sample.sqlite', answer: (call) => call.fulfill({ status: 404 }) }
  const { page, close } = await open({ ready: '.empty[role=alert]', route })
  await press(page, 'Start with an empty shop')
  await page.waitForSelector('.empty-head')
  await page.reload()
  await page.waitForSelector('.empty-head')
  assert.equal(await page.locator('.empty[role=alert]').count(), 0)
  await close()
})

test('where there are no rows it is said what to do, be there a search or not', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.fill('#search', 'parsec')
  await page.locator('.empty', { hasText: 'No units are found by “parsec”. Try fewer' }).waitFor()
  await openFile(page, await fileOfMany(1))
  await page.fill('#search', '')
  await page.locator('.empty', { hasText: 'There are no units yet. Add the first' }).waitFor()
  await close()
})

test('a name that is taken is said with the right article', async () => {
  const { page, close } = await open({ path: '/manage/items?q=loose', ready: '.rows' })
  await press(page, 'Edit Red apples, loose')
  await fill(page, { Name: 'Red apples, windfalls' })
  await submit(page)
  await page.waitForSelector('[aria-invalid=true]')
  assert.match(
    await page.locator('#field-name-error').textContent(),
    /^There is already an item called “Red apples, windfalls”\./,
  )
  await close()
})
