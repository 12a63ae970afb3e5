// Where the buttons of pictures stand: in the tray's narrow tiles, and in the lightbox.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desktop, phone, useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'

const { open } = useBrowser()

// Runs in the page: how many buttons of a tile stand on each line, and which stick out of it.
function linesOf(tile) {
  const { left, right } = tile.getBoundingClientRect()
  const boxes = [...tile.querySelectorAll('.tray-actions button')].map((button) => ({
    words: button.textContent.trim().replace(/\s+/g, ' '),
    box: button.getBoundingClientRect(),
  }))
  const tops = [...new Set(boxes.map(({ box }) => Math.round(box.top)))]
  const on = (top) => boxes.filter(({ box }) => Math.round(box.top) === top)
  return {
    lines: tops.map((top) => on(top).map(({ words }) => words)),
    outside: boxes.filter(({ box }) => box.left < left - 1 || box.right > right + 1),
  }
}

// Where Close stands in the picture that is shown large; closes it.
async function closeBox(page) {
  await page.waitForSelector('.lightbox[open] img')
  const { x, y } = await page
    .locator('.lightbox')
    .getByRole('button', { name: 'Close' })
    .boundingBox()
  await page.keyboard.press('Escape')
  await page.waitForSelector('.lightbox[open]', { state: 'detached' })
  return [Math.round(x), Math.round(y)]
}

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`on a ${device} a tile has two lines of buttons, Make cover on its own`, async () => {
    const { page, close } = await open({ path: '/product/1', ready: 'picture-tray', viewport })
    await choose(page, [await photo('one.jpg'), await photo('two.jpg')])
    const tile = page.locator('.tray-slot').nth(2)
    await tile.waitFor()
    const { lines, outside } = await tile.evaluate(linesOf)
    assert.deepEqual(lines, [
      ['←Move photo 2 forward', '→Move photo 2 back', 'Remove photo 2'],
      ['Make cover of photo 2'],
    ])
    assert.deepEqual(outside, [])
    await close()
  })

  test(`Close stands still on a ${device}, whatever stands beside it`, async () => {
    const { page, close } = await open({ path: '/product/1', ready: 'picture-tray', viewport })
    const cover = page.getByRole('button', { name: 'Look at the cover' })
    await cover.click()
    const alone = await closeBox(page)
    await choose(page, [await photo('one.jpg')])
    await page.locator('.tray-slot').nth(1).waitFor()
    await cover.click()
    assert.deepEqual(await closeBox(page), alone, 'beside the arrows')
    const words = page.getByLabel('What the cover shows')
    await words.fill('An apple, red all over but for its leaf. '.repeat(6).trim())
    await words.press('Enter')
    await page.locator('img[alt^="An apple, red"]').first().waitFor()
    await cover.click()
    assert.deepEqual(await closeBox(page), alone, 'beside many words')
    const item = page.getByLabel('Add a picture of Red apples, loose')
    await item.setInputFiles(await photo('two.jpg'))
    await page.getByRole('button', { name: 'Look at Red apples, loose' }).click()
    assert.deepEqual(await closeBox(page), alone, 'beside what an item has')
    await close()
  })
}
