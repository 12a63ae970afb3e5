// Ways out of a form and of what else lies over the page: Back, and leaving the page itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { holdWorkers } from './support/hold.mjs'
import { choose, photo } from './support/photos.mjs'
import { fill, message, preview, submit } from './support/shop.mjs'

const { open } = useBrowser()

// A form for a new unit, one step after the categories.
async function openForm() {
  const opened = await open({ path: '/manage/categories', ready: '.rows' })
  const { page } = opened
  await page.getByRole('link', { name: 'Units' }).click()
  const add = page.getByRole('button', { name: 'Add a unit' })
  await add.click()
  const dialog = page.locator('edit-dialog dialog[open]')
  const name = dialog.getByLabel('Name')
  await name.waitFor()
  return { ...opened, add, dialog, name }
}

function path(page) {
  return new URL(page.url()).pathname
}

// Whether the page wants to be asked before it is left.
function asks(page) {
  return page.evaluate(() => {
    const event = new window.Event('beforeunload', { cancelable: true })
    window.dispatchEvent(event)
    return event.defaultPrevented
  })
}

test('Back closes a form and stays, and the next one goes back', async () => {
  const { page, complaints, close, dialog } = await openForm()
  await page.goBack()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(path(page), '/manage/units')
  assert.equal(await page.locator('h1').count(), 1)
  await page.goBack()
  await page.getByRole('button', { name: 'Add a category' }).waitFor()
  assert.equal(path(page), '/manage/categories')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('Back throws away what was typed only when it is pressed twice', async () => {
  const { page, close, dialog, name } = await openForm()
  await name.fill('furlong')
  await page.goBack()
  await dialog.getByRole('alert').getByText('not saved yet').waitFor()
  assert.equal(await name.inputValue(), 'furlong')
  assert.equal(path(page), '/manage/units')
  await page.goBack()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(path(page), '/manage/units')
  await close()
})

// Runs in the page: whether all of an element is on the screen, in the dialog.
function isSeen(element) {
  const box = element.getBoundingClientRect()
  const seen = element.closest('dialog').getBoundingClientRect()
  return box.height > 0 && box.top >= seen.top && box.bottom <= seen.bottom
}

test('on a short screen it is seen that something would be lost, and where', async () => {
  const viewport = { width: 667, height: 320 }
  const { page, close } = await open({ viewport, path: '/manage/products', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a product' }).click()
  await fill(page, { Description: 'Not to be lost.' })
  const choice = page.locator('dialog[open]').getByLabel('Category')
  await choice.focus()
  await page.keyboard.press('Escape')
  const said = page.locator('dialog[open]').getByText('not saved yet')
  await said.waitFor()
  assert.equal(await said.evaluate(isSeen), true)
  assert.equal(await choice.evaluate(isSeen), true)
  const [words, field] = [await said.boundingBox(), await choice.boundingBox()]
  assert.ok(field.y + field.height <= words.y, 'the words cover the field')
  await close()
})

test('a form that is being saved stays open, and says what comes of it', async () => {
  const { page, more, close, dialog, name } = await openForm()
  await name.fill('furlong')
  await submit(page)
  await message(page)
  const { page: other } = await more({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Edit furlong' }).click()
  await name.fill('fathom')
  await other.getByRole('button', { name: 'Delete furlong' }).click()
  await preview(other)
  await other.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  await message(other)
  const letGo = await holdWorkers(page)
  await submit(page)
  for (let press = 0; press < 3; press++) await page.keyboard.press('Escape')
  await letGo()
  await dialog.locator('.form-error', { hasText: 'somebody deleted it' }).waitFor()
  assert.equal(await name.inputValue(), 'fathom')
  await close()
})

test('Back over a picture that is shown large closes it and stays on its product', async () => {
  const { page, close } = await open({ path: '/product/1', ready: '.tray-slot' })
  const name = await page.locator('h1').textContent()
  await page.locator('a.card').first().click()
  await page.waitForFunction((before) => document.querySelector('h1').textContent !== before, name)
  const here = path(page)
  await page.getByRole('button', { name: 'Look at the cover' }).click()
  await page.waitForSelector('.lightbox[open]')
  await page.goBack()
  await page.waitForSelector('.lightbox[open]', { state: 'detached' })
  assert.equal(path(page), here)
  await page.goBack()
  await page.locator('h1', { hasText: name }).waitFor()
  await close()
})

test('Back to another product while words are typed keeps them for their picture', async () => {
  const { page, close } = await open({ path: '/product/1', ready: '.tray-slot' })
  const first = await page.locator('h1').textContent()
  await page.locator('a.card').first().click()
  await page.waitForFunction((before) => document.querySelector('h1').textContent !== before, first)
  await page.getByLabel('What the cover shows').fill('Typed before Back')
  await page.goBack()
  await page.locator('h1', { hasText: first }).waitFor()
  assert.equal(await message(page), 'Saved what the picture shows.')
  await page.goForward()
  await page.locator('.stage.tile img[alt="Typed before Back"]').waitFor()
  await close()
})

test('a tab asks before it is left only while a form in it was changed', async () => {
  const { page, close, add, dialog, name } = await openForm()
  assert.equal(await asks(page), false)
  await name.fill('furlong')
  assert.equal(await asks(page), true)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await asks(page), false)
  await add.click()
  await fill(page, { Name: 'fathom' })
  assert.equal(await asks(page), true)
  await submit(page)
  await message(page)
  assert.equal(await asks(page), false)
  await close()
})

test('the browser asks before a changed form is loaded away, and then all is there', async () => {
  const { page, close, dialog, name } = await openForm()
  await name.pressSequentially('furlong')
  const asked = page.waitForEvent('dialog')
  await page.evaluate(() => void setTimeout(() => location.reload()))
  const question = await asked
  assert.equal(question.type(), 'beforeunload')
  await question.dismiss()
  assert.equal(await name.inputValue(), 'furlong')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await close()
})

test('a tab asks before it is left while pictures are on their way', async () => {
  const { page, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const files = await Promise.all([500, 600].map((width) => photo(`${width}.jpg`, { width })))
  await choose(page, files)
  await page.locator('.upload').first().waitFor()
  assert.equal(await asks(page), true)
  await message(page)
  await page.waitForFunction(() =>
    window.dispatchEvent(new window.Event('beforeunload', { cancelable: true })),
  )
  await close()
})

test('a tab asks before it is left while the words of a picture are being typed', async () => {
  const { page, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const words = page.getByLabel('What the cover shows')
  await words.fill('Half a sen')
  assert.equal(await asks(page), true)
  await page.keyboard.press('Escape')
  assert.equal(await asks(page), false)
  await words.fill('A whole sentence')
  await page.keyboard.press('Enter')
  await message(page)
  await page.waitForFunction(() =>
    window.dispatchEvent(new window.Event('beforeunload', { cancelable: true })),
  )
  await close()
})
