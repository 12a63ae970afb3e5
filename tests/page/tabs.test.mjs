// Two tabs with one shop: what one changes the other shows, without being asked and without
// disturbing whoever works there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'
import { fill, message, preview, rowCounts, submit } from './support/shop.mjs'

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
