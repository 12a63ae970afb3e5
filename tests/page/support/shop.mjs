// What a visitor does, in words, and what the downloaded shop then holds.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { openCatalog } from 'vitrine/sync'

const kTables = ['category', 'product', 'product_item', 'uom', 'product_picture']

// Downloads the shop with the page's own button and opens the file with the package. The caller
// closes the catalog.
export async function downloadedShop(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .sqlite' }).click(),
  ])
  return openCatalog({ data: new Uint8Array(readFileSync(await download.path())) })
}

// A shop of `count` products on one shelf, as a file: many.sqlite.
export async function fileOfMany(count) {
  const db = await openCatalog()
  const { id: category_id } = db.category.create({ name: 'Pins', description: 'Many.' })
  db.product.createMany(
    Array.from({ length: count }, (_, at) => ({ name: `Pin ${at}`, description: '', category_id })),
  )
  const buffer = Buffer.from(db.export())
  db.close()
  return { name: 'many.sqlite', mimeType: 'application/vnd.sqlite3', buffer }
}

// The archive that the page hands out, with its rows as texts or as CSV: the bytes of a ZIP.
export async function archiveBytes(page, form = 'texts') {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Download pictures and ${form}` }).click(),
  ])
  assert.equal(download.suggestedFilename(), form === 'CSV' ? 'shop-csv.zip' : 'shop.zip')
  return readFileSync(await download.path())
}

// How many rows each table of the shop in the page has.
export async function rowCounts(page) {
  const db = await downloadedShop(page)
  const counts = Object.fromEntries(kTables.map((table) => [table, db[table].count()]))
  db.close()
  return counts
}

// The field that searches for a related row; until there are rows to choose from, a closed list is
// in its place.
export function rowPicker(scope, name) {
  return scope.getByRole('combobox', { name, disabled: false })
}

// Types into the fields of the open form, by label, and chooses where there is a choice.
export async function fill(page, values) {
  const dialog = page.locator('dialog[open]')
  for (const [label, value] of Object.entries(values)) {
    const field = dialog.locator('input, textarea, select:enabled').and(dialog.getByLabel(label))
    const isChoice = await field.evaluate((element) => element.tagName === 'SELECT')
    if (isChoice) await field.selectOption({ label: value })
    else await field.fill(value)
    const isPicker = (await field.getAttribute('role')) === 'combobox'
    if (isPicker) await dialog.getByRole('option', { name: value, exact: true }).click()
  }
}

// Presses the form's Add or Save.
export function submit(page) {
  return page.locator('dialog[open] button[type=submit]').click()
}

// Opens a .sqlite file in the place of the shop: chooses it, and says that this is meant. Nothing
// is asked where the shop is empty.
export async function openFile(page, file) {
  await page.locator('input[accept*=sqlite]').setInputFiles(file)
  const replace = page.getByRole('button', { name: 'Replace it' })
  await replace.or(page.locator('#done', { hasText: 'Opened' })).waitFor()
  if ((await replace.count()) > 0) await replace.click()
}

// What the open question says would be deleted, once it has been counted.
export async function preview(page) {
  const words = page.locator('#delete-words', { hasText: 'This deletes' })
  await words.waitFor()
  return words.textContent()
}

// The words of the message that the page shows, once there are some.
export async function message(page, tone = 'done') {
  const region = page.locator(`#${tone}:not(:empty)`)
  await region.waitFor()
  return region.textContent()
}

// The names on the cards in the window.
export function cardNames(page) {
  return page.locator('a.card h3').allTextContents()
}

// Types a search, and waits until the page shows what it found.
export async function search(page, words) {
  await page.fill('#search', words)
  await page.locator('.tally', { hasText: `“${words}”` }).waitFor()
}
