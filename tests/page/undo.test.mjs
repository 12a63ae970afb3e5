// Taking back: from the message, by keys, after a reload, and from another tab.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { archiveBytes, fill, message, preview, rowCounts, submit } from './support/shop.mjs'

const { open } = useBrowser()

async function deleteFruit(page) {
  await page.getByRole('button', { name: 'Delete Fruit' }).click()
  await preview(page)
  await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click()
  return message(page)
}

async function addUnit(page, name) {
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await fill(page, { Name: name })
  await submit(page)
  await said(page, `Added the unit “${name}”.`)
}

function undoButton(page) {
  return page.getByRole('button', { name: 'Undo' })
}

function unit(page, name) {
  return page.getByRole('rowheader', { name, exact: true })
}

function said(page, words) {
  return page.locator('#done', { hasText: words }).waitFor()
}

test('a category that was deleted comes back whole from its message', async () => {
  const { page, complaints, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const before = await rowCounts(page)
  assert.match(await deleteFruit(page), /^Deleted 1 category, 10 products/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await said(page, 'Taken back.')
  await page.getByRole('rowheader', { name: 'Fruit' }).waitFor()
  assert.deepEqual(await rowCounts(page), before)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('keys take back and do again, and leave those of a field alone', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a unit' }).click()
  await fill(page, { Name: 'furlong' })
  await submit(page)
  const row = page.locator('tbody th[scope=row]', { hasText: 'furlong' })
  await row.waitFor()
  await page.focus('#search')
  await page.keyboard.press('Control+z')
  await page.locator('h1').focus()
  assert.equal(await row.count(), 1)
  await page.keyboard.press('Control+z')
  await row.waitFor({ state: 'detached' })
  await said(page, 'Taken back.')
  await page.keyboard.press('Control+Shift+z')
  await row.waitFor()
  await close()
})

test('another tab takes back what one deleted, also after a reload', async () => {
  const { page, more, close } = await open({ path: '/manage/categories', ready: '.rows' })
  const before = await rowCounts(page)
  await deleteFruit(page)
  const other = await more({ ready: '.rows' })
  await other.page.reload()
  await other.page.waitForSelector('.rows')
  await other.page.keyboard.press('Control+z')
  await page.getByRole('rowheader', { name: 'Fruit' }).waitFor()
  assert.deepEqual(await rowCounts(page), before)
  await close()
})

test('where there is nothing to take back, the page says so', async () => {
  const { page, complaints, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.keyboard.press('Control+z')
  assert.equal(await message(page, 'problem'), 'There is nothing to take back.')
  await page.keyboard.press('Control+Shift+z')
  await page.locator('#problem', { hasText: 'There is nothing to do again.' }).waitFor()
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a picture that was removed comes back with its words', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const words = await page.locator('.stage.large img').getAttribute('alt')
  await page.getByRole('button', { name: 'Remove the cover' }).click()
  await page.waitForSelector('.stage.large.without-picture')
  await page.getByRole('button', { name: 'Undo' }).click()
  const picture = page.locator('.stage.large img')
  await picture.waitFor()
  assert.equal(await picture.getAttribute('alt'), words)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a save that changes nothing says so, and offers nothing to take back', async () => {
  const { page, complaints, close } = await open({ path: '/manage/units', ready: '.rows' })
  await addUnit(page, 'furlong')
  await undoButton(page).waitFor()
  await page.getByRole('button', { name: 'Edit furlong' }).click()
  await submit(page)
  await said(page, 'Nothing was changed.')
  assert.equal(await undoButton(page).count(), 0)
  assert.equal(await unit(page, 'furlong').count(), 1)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an archive that adds nothing offers nothing to take back', async () => {
  const { page, complaints, close } = await open({ path: '/manage/units', ready: '.rows' })
  await addUnit(page, 'furlong')
  const file = { name: 'same.zip', mimeType: 'application/zip', buffer: await archiveBytes(page) }
  await page.locator('input[accept=".zip"]').setInputFiles(file)
  await said(page, 'Added 0 rows from “same.zip”.')
  assert.equal(await undoButton(page).count(), 0)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an offer to take back goes when another tab changes the shop', async () => {
  const { page, more, close } = await open({ path: '/manage/units', ready: '.rows' })
  const other = await more({ ready: '.rows' })
  await addUnit(page, 'furlong')
  await undoButton(page).waitFor()
  await addUnit(other.page, 'fathom')
  await undoButton(page).waitFor({ state: 'detached' })
  await said(page, 'Added the unit “furlong”.')
  await undoButton(other.page).click()
  await unit(page, 'fathom').waitFor({ state: 'detached' })
  assert.equal(await unit(page, 'furlong').count(), 1)
  await close()
})

// Runs in the page: presses Undo as one does who is quicker than the news from another tab.
function pressUndoOf(step) {
  const event = new window.Event('vitrine-action', { bubbles: true })
  document.querySelector('.notice').dispatchEvent(Object.assign(event, { action: step }))
}

test('what lies behind a newer change is not taken back, nor is the newer one', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await addUnit(page, 'furlong')
  const step = await page.evaluate(() => document.querySelector('vitrine-app').state.notice.undo)
  await addUnit(page, 'fathom')
  await page.evaluate(pressUndoOf, { kind: 'undo', step })
  assert.match(await message(page, 'problem'), /^Something newer was changed since/)
  assert.deepEqual(
    [await unit(page, 'furlong').count(), await unit(page, 'fathom').count()],
    [1, 1],
  )
  await page.locator('h1').focus()
  await page.keyboard.press('Control+z')
  await unit(page, 'fathom').waitFor({ state: 'detached' })
  await page.evaluate(pressUndoOf, { kind: 'undo', step })
  await unit(page, 'furlong').waitFor({ state: 'detached' })
  await page.evaluate(pressUndoOf, { kind: 'undo', step })
  assert.equal(await message(page, 'problem'), 'This was taken back already.')
  await close()
})
