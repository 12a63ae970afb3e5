// The shop as an archive: its rows as text, its pictures as files.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'
import { message, rowCounts } from './support/shop.mjs'
import { unzip } from './support/unzip.mjs'

const { open } = useBrowser()

async function downloadedArchive(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download pictures and texts' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'shop.zip')
  return unzip(readFileSync(await download.path()))
}

const parsed = (files, name) => JSON.parse(files.get(name).toString('utf8'))

test('the archive has every row, and every picture under its owner, byte for byte', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  const counts = await rowCounts(page)
  const files = await downloadedArchive(page)
  const catalog = parsed(files, 'catalog.json')
  for (const [table, count] of Object.entries(counts)) {
    assert.equal(catalog[table].length, count, table)
  }
  const { pictures } = parsed(files, 'manifest.json')
  assert.equal(pictures.length, counts.product_picture)
  assert.equal(files.size, pictures.length + 2)
  for (const { file, sha256, row } of pictures) {
    assert.equal(file, `product_picture/${row.product_id}/${row.width}x${row.height}.webp`)
    assert.equal(createHash('sha256').update(files.get(file)).digest('hex'), sha256)
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
    parsed(files, 'catalog.json').product_photo.map(({ order_index: at, width }) => [at, width]),
    [
      [0, 900],
      [1, 640],
    ],
  )
  await close()
})
