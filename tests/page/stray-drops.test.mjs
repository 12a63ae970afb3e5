// Files that are dropped where nothing takes them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { carried, handOver, hold, photo } from './support/photos.mjs'
import { message } from './support/shop.mjs'

const { open } = useBrowser()

const bytes = (name) => ({ name, buffer: Buffer.from('Something.') })

// Drops a file where none is taken; gives what is said, once the page still stands there.
async function dropped(page, file) {
  const address = page.url()
  const letGo = await hold(page, '.awning', [file])
  await letGo()
  const words = await message(page, 'problem')
  assert.equal(page.url(), address)
  assert.equal(page.context().pages().length, 1)
  await page.getByRole('button', { name: 'Dismiss this message' }).click()
  return words
}

test('a file that nothing takes leaves the page there, which says where it belongs', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  assert.match(await dropped(page, await photo('pears.jpg')), /^Pictures belong to a product/)
  assert.match(await dropped(page, bytes('shop.SQLITE')), /“Open a .sqlite file”/)
  assert.match(await dropped(page, bytes('shop.zip')), /“Add pictures and texts”/)
  for (const name of ['rows.csv', 'rows.JSON']) {
    assert.match(await dropped(page, bytes(name)), /only in an archive.*“Add pictures and texts”/)
  }
  assert.match(await dropped(page, bytes('list.pdf')), /^This kind of file is not taken here/)
  await page.getByRole('link', { name: 'Manage', exact: true }).click()
  await page.waitForSelector('.rows')
  assert.match(await dropped(page, await photo('pears.jpg')), /^Pictures belong to a product/)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a folder is told from a file, where pictures are taken and elsewhere', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const letGo = await hold(page, '.awning', [await photo('pears.jpg'), { name: 'Pictures' }])
  await letGo()
  const error = page.locator('.upload .error')
  await error.waitFor()
  assert.match(await error.textContent(), /^This is a folder: open it/)
  assert.equal(await message(page), 'Added 1 picture.')
  await page.locator('.brand').click()
  await page.waitForSelector('a.card')
  assert.match(await dropped(page, { name: 'Pictures' }), /^A folder is not taken: open it/)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('over a dialog no file is taken, and the page stays', async () => {
  const { page, close } = await open({ path: '/manage/units', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a unit' }).click()
  const files = carried([await photo('pears.jpg')])
  const isKept = await page.evaluate(handOver, { kind: 'drop', files, at: 'dialog[open]' })
  assert.equal(isKept, true, 'the browser may show the file')
  assert.equal(await page.locator('#problem:not(:empty)').count(), 0)
  await page.locator('dialog[open]').getByRole('button', { name: 'Cancel' }).click()
  await close()
})
