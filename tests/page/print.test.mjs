// What a view is on paper.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'

const { open } = useBrowser()

// What is there to be pressed or typed into, but for pictures.
const kControls = '.sign nav, input, select, textarea, .button, button:not(.bare), .foot'

// Runs in the page: which of the selectors find something that is seen.
function seen(selectors) {
  return selectors.filter((selector) =>
    [...document.querySelectorAll(selector)].some((one) => {
      const { width, height } = one.getBoundingClientRect()
      return one.checkVisibility() && width > 1 && height > 1
    }),
  )
}

const views = [
  { path: '/', goods: ['.shelf h2', '.shelf-head p', '.card h3', '.card img', '.card .units'] },
  { path: '/product/1', goods: ['h1', '.lead', '.stage.large img', '.items th', '.items .unit'] },
  { path: '/manage/products', goods: ['h1', '.rows th', '.rows .detail', '.rows img'] },
]

test('on paper there are names, pictures, descriptions and items, and no controls', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  for (const { path, goods } of views) {
    await page.goto(new URL(path, page.url()).href)
    await page.waitForSelector('main img')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    assert.deepEqual(await page.evaluate(seen, kControls.split(', ')), [], path)
    assert.deepEqual(await page.evaluate(seen, goods), goods, path)
    const ground = await page.evaluate(
      () => window.getComputedStyle(document.documentElement).backgroundColor,
    )
    assert.equal(ground, 'rgb(255, 255, 255)')
    await page.emulateMedia({ media: null, colorScheme: null })
  }
  await close()
})

// Runs in the page: which shelves have their heading at the foot of a sheet and their cards on the
// next one. Columns are parted as sheets are, and can be measured; these are as wide as A4.
function parted(heights) {
  const { style } = document.querySelector('.shelves')
  Object.assign(style, { width: '720px', columnWidth: '720px', columnFill: 'auto' })
  const column = (element) => Math.round(element.getBoundingClientRect().left)
  return heights.flatMap((height) => {
    style.height = `${height}px`
    return [...document.querySelectorAll('.shelf')]
      .filter((shelf) => column(shelf.querySelector('h2')) !== column(shelf.querySelector('.card')))
      .map((shelf) => `${height} ${shelf.ariaLabel}`)
  })
}

test('a shelf’s heading is on the same sheet of paper as its first cards', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(await page.evaluate(parted, [900, 940, 980, 1020, 1060, 1100]), [])
  await page.emulateMedia({ media: null })
  await close()
})
