// The shop as a file: damaged ones, ones that come back, and a sample that cannot be had.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { exportArchive } from 'vitrine/archive'
import { openCatalog } from 'vitrine/sync'
import { useBrowser } from './support/browser.mjs'
import {
  archiveBytes,
  cardNames,
  downloadedShop,
  fill,
  message,
  openFile,
  preview,
  rowCounts,
  submit,
} from './support/shop.mjs'

const { open } = useBrowser()

function choose(page, name, buffer) {
  return openFile(page, { name, mimeType: 'application/octet-stream', buffer })
}

async function downloadedBytes(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .sqlite' }).click(),
  ])
  return readFileSync(await download.path())
}

// Keeps the page from reading files until the result is called.
async function holdReading(page) {
  await page.evaluate(() => {
    const { prototype } = window.Blob
    const read = prototype.arrayBuffer
    const held = new Promise((resolve) => (window.letRead = resolve))
    prototype.arrayBuffer = async function () {
      await held
      prototype.arrayBuffer = read
      return read.call(this)
    }
  })
  return () => page.evaluate(() => window.letRead())
}

// What a visitor sees and hears of a file that is being read, and then of the result.
async function sayings(page, read) {
  const work = page.locator('[role=status]#work')
  const letRead = await holdReading(page)
  await read()
  await page.locator('.notice.work').waitFor()
  const before = await work.textContent()
  const buttons = page.locator('.file-buttons :is(button, input)')
  const waiting = page.locator('.file-buttons [aria-disabled=true]')
  assert.equal(await waiting.count(), await buttons.count())
  await letRead()
  const after = await message(page)
  assert.equal(await work.textContent(), '')
  assert.equal(await waiting.count(), 0)
  return [before, after]
}

test('a shop that is being opened says so at once, until it is open', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  const bytes = await downloadedBytes(page)
  const said = await sayings(page, () => choose(page, 'mine.sqlite', bytes))
  assert.deepEqual(said, ['Opening “mine.sqlite”…', 'Opened “mine.sqlite”.'])
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an archive that is being added says so at once, until it is there', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const archive = {
    name: 'more.zip',
    mimeType: 'application/zip',
    buffer: await archiveBytes(page),
  }
  const input = page.locator('input[accept=".zip"]')
  const said = await sayings(page, () => input.setInputFiles(archive))
  assert.deepEqual(said, ['Adding “more.zip”…', 'Added 0 rows from “more.zip”.'])
  await close()
})

test('an archive that is being added tells how far it is, and is stopped', async () => {
  const { page, complaints, close } = await open({ path: '/manage/units', ready: '.rows' })
  const before = await rowCounts(page)
  const input = page.locator('input[accept=".zip"]')
  await input.setInputFiles({ name: 'many.zip', ...(await archiveOfUnits(20_000)) })
  const progress = page.locator('.notice progress')
  await progress.waitFor()
  await page.waitForFunction(() => document.querySelector('.notice progress').value > 0.02)
  await page.getByRole('button', { name: 'Stop' }).click()
  assert.equal(await message(page), 'Stopped: nothing of “many.zip” was added.')
  assert.equal(await progress.count(), 0)
  assert.deepEqual(await rowCounts(page), before)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('what is asked for while a file is read is not done beside it', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const bytes = await downloadedBytes(page)
  const letRead = await holdReading(page)
  await choose(page, 'first.sqlite', bytes)
  const second = { name: 'second.sqlite', mimeType: 'application/octet-stream', buffer: bytes }
  await page.locator('input[accept*=sqlite]').setInputFiles(second)
  await letRead()
  assert.equal(await message(page), 'Opened “first.sqlite”.')
  assert.equal(await page.locator('.notice.work').count(), 0)
  await close()
})

// A shop of so many units as an archive.
async function archiveOfUnits(count) {
  const db = await openCatalog()
  db.uom.createMany(Array.from({ length: count }, (_, at) => ({ name: `Unit ${at}` })))
  const zip = await exportArchive(db)
  db.close()
  return { mimeType: zip.type, buffer: Buffer.from(await zip.arrayBuffer()) }
}

// A shop of one category, which is not the sample's.
async function hatShop() {
  const db = await openCatalog()
  db.category.create({ name: 'Hats', description: 'For heads.' })
  const buffer = Buffer.from(db.export())
  db.close()
  return { name: 'hats.sqlite', mimeType: 'application/octet-stream', buffer }
}

function category(page, name) {
  return page.getByRole('rowheader', { name, exact: true })
}

test('a file takes the place of a shop only when that is meant', async () => {
  const { page, complaints, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const before = await rowCounts(page)
  await page.locator('input[accept*=sqlite]').setInputFiles(await hatShop())
  const question = page.locator('#replace-words')
  await question.waitFor()
  const { category: categories, uom: units, product: products } = before
  const all = `${categories} categories, ${units} units, ${products} products, `
  assert.ok((await question.textContent()).startsWith(`This replaces the ${all}`))
  const first = await page.evaluate(() => document.activeElement.textContent.trim())
  assert.equal(first, 'Keep this shop')
  await page.keyboard.press('Enter')
  await page.waitForSelector('dialog[open]', { state: 'detached' })
  assert.deepEqual(await rowCounts(page), before)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a copy of the shop can be had before a file takes its place', async () => {
  const { page, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const before = await rowCounts(page)
  await page.locator('input[accept*=sqlite]').setInputFiles(await hatShop())
  const dialog = page.locator('replace-dialog dialog[open]')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download a copy' }).click(),
  ])
  const copy = await openCatalog({ data: new Uint8Array(readFileSync(await download.path())) })
  assert.equal(copy.product.count(), before.product)
  copy.close()
  await dialog.getByRole('status').getByText('Downloaded the whole shop').waitFor()
  await dialog.getByRole('button', { name: 'Replace it' }).click()
  assert.equal(await message(page), 'Opened “hats.sqlite”.')
  await category(page, 'Hats').waitFor()
  await close()
})

test('a shop that a file has replaced can be put back, with its pictures', async () => {
  const { page, complaints, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const before = await rowCounts(page)
  await openFile(page, await hatShop())
  await category(page, 'Hats').waitFor()
  await page.getByRole('button', { name: 'Put the old shop back' }).click()
  await page.locator('#done', { hasText: 'The old shop is back.' }).waitFor()
  assert.deepEqual(await rowCounts(page), before)
  assert.equal(await category(page, 'Hats').count(), 0)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a shop that a file has replaced is not put back over what came since', async () => {
  const { page, more, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const other = await more({ ready: '.rows' })
  await openFile(page, await hatShop())
  const putBack = page.getByRole('button', { name: 'Put the old shop back' })
  await putBack.waitFor()
  await category(other.page, 'Hats').waitFor()
  await other.page.getByRole('button', { name: 'Delete Hats' }).click()
  await preview(other.page)
  await other.page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await putBack.waitFor({ state: 'detached' })
  const db = await downloadedShop(page)
  assert.equal(db.category.count(), 0)
  db.close()
  await close()
})

test('a file that is no shop is refused in words and changes nothing', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  const before = await rowCounts(page)
  const names = await cardNames(page)
  await choose(page, 'holiday.sqlite', Buffer.from('These are not the bytes of a database.'))
  const words = await message(page, 'problem')
  assert.match(words, /^“holiday\.sqlite” could not be opened, so nothing has changed\. /)
  assert.ok(words.length > 80, `says little: ${words}`)
  assert.deepEqual(await cardNames(page), names)
  assert.deepEqual(await rowCounts(page), before)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a shop with a torn page is refused in words and changes nothing', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const before = await rowCounts(page)
  const bytes = await downloadedBytes(page)
  await choose(page, 'torn.sqlite', bytes.subarray(0, Math.floor(bytes.length / 3)))
  assert.match(await message(page, 'problem'), /“torn\.sqlite” could not be opened/)
  assert.deepEqual(await rowCounts(page), before)
  await close()
})

test('a downloaded shop opens again with its changes and its pictures', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await fill(page, { Name: 'furlong' })
  await submit(page)
  const after = await rowCounts(page)
  const bytes = await downloadedBytes(page)
  await page.goto(new URL('/', page.url()).href)
  await page.waitForSelector('a.card')
  await choose(page, 'mine.sqlite', bytes)
  assert.equal(await message(page), 'Opened “mine.sqlite”.')
  assert.deepEqual(await rowCounts(page), after)
  await page.waitForFunction(() =>
    [...document.querySelectorAll('a.card img')].every(({ naturalWidth }) => naturalWidth === 256),
  )
  assert.ok((await page.locator('a.card img').count()) >= 60)
  await close()
})

test('without its sample the page says why, and starts with an empty shop', async () => {
  const route = { url: '**/sample.sqlite', answer: (call) => call.fulfill({ status: 404 }) }
  const { page, close } = await open({ ready: '.empty[role=alert]', route })
  assert.match(
    await page.locator('.empty').textContent(),
    /sample shop is not at .* \(status 404\)/,
  )
  await page.getByRole('button', { name: 'Start with an empty shop' }).click()
  await page.waitForSelector('.empty-head')
  assert.equal(await page.locator('.empty-head').innerText(), 'The window is empty.')
  await page.getByRole('button', { name: 'Add a product' }).click()
  await fill(page, { Name: 'Hope', Description: 'By the handful.' })
  await submit(page)
  await page.locator('a.card', { hasText: 'Hope' }).click()
  await page.getByRole('button', { name: 'Add an item' }).click()
  await page.locator('#field-uom_id-hint', { hasText: 'no unit yet: add one first' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  assert.equal((await rowCounts(page)).product, 1)
  await close()
})

test('a sample that is damaged on its way is refused, and trying again works', async () => {
  let calls = 0
  const answer = (call) =>
    ++calls === 1 ? call.fulfill({ status: 200, body: 'half a da' }) : call.fallback()
  const { page, close } = await open({
    ready: '.empty[role=alert]',
    route: { url: '**/sample.sqlite', answer },
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForSelector('a.card')
  assert.equal(calls, 2)
  await close()
})

test('the shell is painted before the shop is open', async () => {
  let release
  const held = new Promise((resolve) => (release = resolve))
  const answer = async (call) => {
    await held
    await call.fallback()
  }
  const { page, close } = await open({
    ready: '.loading-line',
    route: { url: '**/sample.sqlite', answer },
  })
  assert.equal(await page.locator('.loading-line').textContent(), 'Opening the shop…')
  assert.ok(await page.locator('.brand').isVisible())
  release()
  await page.waitForSelector('a.card')
  await close()
})
