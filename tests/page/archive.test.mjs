// The shop as an archive: its rows as text, its pictures as files.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import Papa from 'papaparse'
import { desktop, useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'
import { archiveBytes, message, rowCounts } from './support/shop.mjs'
import { unzip } from './support/unzip.mjs'

const { open } = useBrowser()

const downloadedArchive = async (page) => unzip(await archiveBytes(page))

function add(page, name, buffer) {
  const file = { name, mimeType: 'application/zip', buffer }
  return page.locator('input[accept=".zip"]').setInputFiles(file)
}

const parsed = (files, name) => JSON.parse(files.get(name).toString('utf8'))

test('the archive has every row, and every picture under its owner, byte for byte', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  const counts = await rowCounts(page)
  const files = await downloadedArchive(page)
  const catalog = parsed(files, 'catalog.json')
  const { product_picture: pictureCount, ...rows } = counts
  for (const [table, count] of Object.entries(rows)) {
    assert.equal(catalog[table].length, count, table)
  }
  const { pictures } = parsed(files, 'manifest.json')
  assert.equal(pictures.length, pictureCount)
  assert.equal(files.size, pictures.length + 2)
  for (const { file, row } of pictures) {
    assert.equal(file, `product_picture/${row.product_id}/${row.width}x${row.height}.webp`)
    assert.equal(createHash('sha256').update(files.get(file)).digest('hex'), row.sha256)
  }
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a photo of a gallery is in the archive with its place', async () => {
  const { page, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  await choose(page, [await photo('one.jpg'), await photo('two.jpg', { width: 640 })])
  await message(page)
  const files = await downloadedArchive(page)
  assert.ok(files.has('product_photo/1-0/900x600.jpg'))
  assert.ok(files.has('product_photo/1-1/640x600.jpg'))
  assert.deepEqual(
    parsed(files, 'manifest.json')
      .pictures.filter(({ table, row }) => table === 'product_photo' && row.original)
      .map(({ row: { order_index: at, width } }) => [at, width])
      .sort(([one], [other]) => one - other),
    [
      [0, 900],
      [1, 640],
    ],
  )
  await close()
})

test('an archive of CSV has a line for each row and all pictures, and comes back', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const counts = await rowCounts(page)
  const bytes = await archiveBytes(page, 'CSV')
  assert.equal(await message(page), 'Downloaded the whole shop as shop-csv.zip.')
  const files = unzip(bytes)
  const { product_picture: pictureCount, ...rows } = counts
  for (const [table, count] of Object.entries(rows)) {
    const { data } = Papa.parse(files.get(`${table}.csv`).toString('utf8').trim())
    assert.equal(data.length, count + 1, table)
  }
  const { pictures } = parsed(files, 'manifest.json')
  assert.equal(pictures.length, pictureCount)
  assert.ok(pictures.every(({ file }) => files.has(file)))
  await page.getByRole('button', { name: 'Remove the cover' }).click()
  await page.waitForSelector('.stage.large.without-picture')
  await add(page, 'mine.zip', bytes)
  await page.waitForSelector('.stage.large img')
  assert.deepEqual(await rowCounts(page), counts)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an archive puts back what was lost, and undo takes it out again', async () => {
  const { page, complaints, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  await choose(page, [await photo('one.jpg')])
  await message(page)
  const bytes = await archiveBytes(page)
  const counts = await rowCounts(page)
  await page.getByRole('button', { name: 'Remove the cover' }).click()
  await page.waitForSelector('.stage.large.without-picture')
  await add(page, 'mine.zip', bytes)
  await page.locator('#done', { hasText: 'from “mine.zip”.' }).waitFor()
  await page.waitForSelector('.stage.large img')
  assert.deepEqual(await rowCounts(page), counts)
  await page.keyboard.press('Control+z')
  await page.waitForSelector('.stage.large.without-picture')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an archive with a picture that is none is refused by its name', async () => {
  const { page, close } = await open({ path: '/product/1', ready: 'picture-tray' })
  const before = await rowCounts(page)
  const bytes = await archiveBytes(page)
  // The first picture's first bytes, which stand behind its name.
  const name = /product_picture\/\d+\/\d+x\d+\.webp(?=RIFF)/.exec(bytes.toString('latin1'))
  bytes.write('JUNK', name.index + name[0].length)
  await add(page, 'spoilt.zip', bytes)
  const words = await message(page, 'problem')
  assert.ok(words.includes(name[0]), words)
  assert.deepEqual(await rowCounts(page), before)
  await close()
})

test('of an archive that is refused for many pictures the first five are named', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const bytes = await archiveBytes(page)
  const heads = /product_picture\/\d+\/\d+x\d+\.webp(?=RIFF)/g
  const spoilt = [...bytes.toString('latin1').matchAll(heads)].slice(0, 7)
  for (const { 0: name, index } of spoilt) bytes.write('JUNK', index + name.length)
  await add(page, 'spoilt.zip', bytes)
  const words = await message(page, 'problem')
  for (const [at, [name]] of spoilt.entries()) {
    assert.equal(words.split(name).length - 1, at < 5 ? 1 : 0, `${name} in: ${words}`)
  }
  assert.match(words, /; and 2 more\.$/)
  await close()
})

test('an archive without its list is refused, and what is missing is called as it is', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const bytes = await archiveBytes(page)
  const other = bytes.toString('latin1').replaceAll('manifest.json', 'manifest.text')
  await add(page, 'mine.zip', Buffer.from(other, 'latin1'))
  const words = await message(page, 'problem')
  assert.match(words, /^“mine.zip” could not be added, so nothing has changed\. manifest\.json: /)
  await close()
})

test('an archive that cannot be made without a network is made when there is one', async () => {
  const { page, close } = await open({ viewport: { ...desktop }, ready: '.foot' })
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Download pictures and texts' }).click()
  assert.match(await message(page, 'problem'), /See to the network, and try again/)
  await page.context().setOffline(false)
  assert.ok((await archiveBytes(page)).length > 100_000)
  await close()
})
