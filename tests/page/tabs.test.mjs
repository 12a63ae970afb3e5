// Two tabs with one shop: what one changes the other shows, without being asked and without
// disturbing whoever works there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'
import { downloadedShop, fill, message, preview, rowCounts, submit } from './support/shop.mjs'

const { open } = useBrowser()

// A tab at `path`, and another there that nobody touches.
async function openTwo(path) {
  const first = await open({ path, ready: 'h1' })
  const other = await first.more({ path })
  const complaints = async () => [...(await first.complaints()), ...(await other.complaints())]
  return { one: first.page, two: other.page, complaints, close: first.close }
}

test('a row that one tab adds and deletes comes and goes in the other', async () => {
  const { one, two, complaints, close } = await openTwo('/manage/units')
  await one.getByRole('button', { name: 'Add a unit' }).click()
  await fill(one, { Name: 'furlong' })
  await submit(one)
  const row = two.locator('tbody th[scope=row]', { hasText: 'furlong' })
  await row.waitFor()
  await two.getByRole('button', { name: 'Delete furlong' }).click()
  await preview(two)
  await two.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await message(two)
  const gone = one.locator('tbody th[scope=row]', { hasText: 'furlong' })
  await gone.waitFor({ state: 'detached' })
  assert.deepEqual(await rowCounts(one), await rowCounts(two))
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a photo that is put on in one tab appears in both, and after a reload', async () => {
  const { one, two, complaints, close } = await openTwo('/product/1')
  await choose(one, [await photo('field.jpg')])
  await one.locator('.strip .photo img').waitFor()
  await two.locator('.strip .photo img').waitFor()
  await two.reload()
  await two.locator('.strip .photo img').waitFor()
  assert.deepEqual(await complaints(), [])
  await close()
})

test('what is typed in one tab stays when the other changes the shop', async () => {
  const { one, two, close } = await openTwo('/manage/units')
  await two.getByRole('button', { name: 'Add a unit' }).click()
  await fill(two, { Name: 'half a furl' })
  await one.getByRole('button', { name: 'Add a unit' }).click()
  await fill(one, { Name: 'furlong' })
  await submit(one)
  await two.locator('tbody th[scope=row]', { hasText: 'furlong' }).waitFor()
  assert.equal(await two.getByLabel('Name').inputValue(), 'half a furl')
  await close()
})

function edit(page, name) {
  return page.getByRole('button', { name: `Edit ${name}`, exact: true }).click()
}

async function saveProduct(page, name, values) {
  await edit(page, name)
  await fill(page, values)
  await submit(page)
  await message(page)
}

test('a save leaves alone what another tab has changed in other fields', async () => {
  const { one, two, complaints, close } = await openTwo('/manage/products?q=apples')
  await edit(one, 'Red apples')
  await fill(one, { Description: 'Crisp.' })
  await saveProduct(two, 'Red apples', { Name: 'Crimson apples', Category: 'Drinks' })
  await submit(one)
  await message(one)
  const db = await downloadedShop(one)
  const row = db.product.get({ name: 'Crimson apples' }, { include: { category: true } })
  db.close()
  assert.deepEqual([row.description, row.category.name], ['Crisp.', 'Drinks'])
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a field that was changed in two tabs is asked about, and the others are not', async () => {
  const { one, two, close } = await openTwo('/manage/products?q=apples')
  await edit(one, 'Red apples')
  await fill(one, { Description: 'Crisp.' })
  await saveProduct(two, 'Red apples', { Name: 'Crimson apples', Description: 'Mealy.' })
  await submit(one)
  await one.locator('#field-description[aria-invalid=true]').waitFor()
  const said = await one.locator('#field-description-error').textContent()
  assert.match(said, /^Meanwhile this was changed to “Mealy\.”\./)
  assert.equal(await one.locator('#field-description').inputValue(), 'Crisp.')
  assert.equal(await one.locator('#field-name-error').textContent(), '')
  await submit(one)
  await message(one)
  const db = await downloadedShop(one)
  assert.equal(db.product.get({ name: 'Crimson apples' }).description, 'Crisp.')
  db.close()
  await close()
})

test('a question about a delete counts again when another tab changes the shop', async () => {
  const { one, two, complaints, close } = await openTwo('/manage/units')
  await one.getByRole('link', { name: 'Categories' }).click()
  await one.getByRole('button', { name: 'Delete Fruit' }).click()
  assert.match(await preview(one), /1 category, 10 products/)
  await two.goto(new URL('/manage/products?q=Lemons', two.url()).href)
  await two.getByRole('button', { name: 'Delete Lemons', exact: true }).click()
  await preview(two)
  await two.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await one.locator('#delete-words', { hasText: '1 category, 9 products' }).waitFor()
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a picture that another tab removes is not shown large any more', async () => {
  const { one, two, complaints, close } = await openTwo('/product/1')
  await choose(one, [await photo('field.jpg')])
  await two.locator('.strip .photo img').waitFor()
  await two.getByRole('button', { name: 'Look at photo 1' }).first().click()
  await two.locator('.lightbox[open] img').waitFor()
  await one.getByRole('button', { name: 'Remove the cover' }).click()
  await two.locator('.lightbox[open] [role=status]', { hasText: '1 of 1' }).waitFor()
  await one.getByRole('button', { name: 'Remove photo 1' }).click()
  await two.locator('.lightbox[open]').waitFor({ state: 'detached' })
  assert.deepEqual(await complaints(), [])
  await close()
})

async function describe(page, which, words) {
  await page.getByLabel(`What ${which} shows`).fill(words)
  await page.keyboard.press('Enter')
  await message(page)
}

test('words that are typed stay when another tab writes other words for that picture', async () => {
  const { one, two, complaints, close } = await openTwo('/product/1')
  const field = one.getByLabel('What the cover shows')
  await field.fill('Half a')
  await describe(two, 'the cover', 'An apple')
  await one.locator('.stage.tile img[alt="An apple"]').waitFor()
  assert.equal(await field.inputValue(), 'Half a')
  await one.keyboard.type(' sentence')
  await one.keyboard.press('Enter')
  await two.locator('.stage.tile img[alt="Half a sentence"]').waitFor()
  assert.equal(await two.getByLabel('What the cover shows').inputValue(), 'Half a sentence')
  await describe(two, 'the cover', 'A red apple')
  await one.locator('.stage.tile img[alt="A red apple"]').waitFor()
  assert.equal(await field.inputValue(), 'A red apple')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('words for a picture that another tab removes are given back', async () => {
  const { one, two, complaints, close } = await openTwo('/product/1')
  await one.getByLabel('What the cover shows').fill('An apple, half eaten')
  await two.getByRole('button', { name: 'Remove the cover' }).click()
  assert.match(await message(one, 'problem'), /was removed .* You wrote: “An apple, half eaten”$/)
  assert.equal(await one.locator('.tray-slot').count(), 0)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('words for a cover that another tab replaces are given back', async () => {
  const { one, two, complaints, close } = await openTwo('/product/1')
  await choose(two, [await photo('field.jpg')])
  const field = one.getByLabel('What photo 1 shows')
  await field.waitFor()
  await one.getByLabel('What the cover shows').fill('An apple, half eaten')
  await two.getByRole('button', { name: 'Make cover of photo 1' }).click()
  assert.match(await message(one, 'problem'), /replaced .* You wrote: “An apple, half eaten”$/)
  assert.notEqual(await one.getByLabel('What the cover shows').inputValue(), 'An apple, half eaten')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a form whose row another tab deletes keeps what was typed, and says so', async () => {
  const { one, two, close } = await openTwo('/manage/units')
  await edit(one, 'bag')
  await fill(one, { Name: 'bagful' })
  await two.getByRole('button', { name: 'Delete bag', exact: true }).click()
  await preview(two)
  await two.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await message(two)
  await submit(one)
  await one.locator('.form-error', { hasText: 'somebody deleted it' }).waitFor()
  assert.equal(await one.locator('#field-name').inputValue(), 'bagful')
  await close()
})
