// The page's main work in another engine: what its own tests walk in Chromium, once. How it looks
// in each view is not looked at here.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { carried, handOver, photo } from '../page/support/photos.mjs'
import { address, chord, comes, fileOf, press, says, useShop, write } from './support/shop.mjs'

const firefox = useShop()

const slots = (page, count) =>
  comes(page, (wanted) => document.querySelectorAll('.tray-slot').length === wanted, count)

test('a product is found by the keys, and Escape leads back to what was found', async (t) => {
  const { page, complaints } = await (await firefox.shop(t))('/')
  await page.keyboard.press('/')
  await page.keyboard.type('pears')
  await says(page, '.tally', 'for “pears”')
  assert.equal(address(page), '/?q=pears')
  await page.keyboard.press('Enter')
  await says(page, 'h1', 'Butter pears')
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement.matches('a.card'))
  assert.equal(address(page), '/?q=pears')
  assert.deepEqual(await complaints(), [])
})

test('a view that is loaded again stands where it stood', async (t) => {
  const { page } = await (await firefox.shop(t))('/')
  const isNoted = () => window.history.state?.scrollY === 1200 && window.scrollY === 1200
  await page.evaluate(() => window.scrollTo(0, 1200))
  await page.waitForFunction(isNoted)
  await page.reload()
  await page.waitForFunction(isNoted)
})

test('pictures that are chosen and dropped are there after a reload', async (t) => {
  const { page, complaints } = await (await firefox.shop(t))('/product/2')
  const input = await page.waitForSelector('picture-tray input[type=file]')
  await input.uploadFile(fileOf(t, await photo('chosen.jpg', { orientation: 6 })))
  await says(page, '#done', 'Added 1 picture.')
  await slots(page, 2)
  const files = carried([await photo('dropped.jpg')])
  assert.equal(await page.evaluate(handOver, { kind: 'drop', files, at: 'picture-tray' }), true)
  await slots(page, 3)
  await page.reload()
  await slots(page, 3)
  await (await page.waitForSelector('.product-pictures button.bare')).click()
  await page.waitForSelector('.lightbox[open] img')
  await page.keyboard.press('ArrowRight')
  await says(page, '.lightbox [role=status]', '2 of 3')
  await page.waitForFunction(() => document.querySelector('.lightbox img')?.naturalWidth > 0)
  await page.keyboard.press('Escape')
  await comes(page, () => !document.querySelector('dialog[open]'))
  assert.deepEqual(await complaints(), [])
})

test('a picture that is pasted is put where the focus is', async (t) => {
  const { page, complaints } = await (await firefox.shop(t))('/product/2')
  const files = carried([await photo('pasted.jpg')])
  await page.focus('.items .row-actions button')
  assert.equal(await page.evaluate(handOver, { kind: 'paste', files }), true)
  await page.waitForSelector('.items .item-picture img')
  await page.focus('.product-actions button')
  assert.equal(await page.evaluate(handOver, { kind: 'paste', files }), true)
  await slots(page, 2)
  assert.deepEqual(await complaints(), [])
})

test('what is edited and deleted is taken back, and a second tab is in step', async (t) => {
  const open = await firefox.shop(t)
  const [first, second] = [await open('/product/1'), await open('/product/1')]
  const { page } = first
  await page.bringToFront()
  await press(page, '.product-actions', 'Edit')
  await write(page, '#field-name', 'Very red apples')
  await page.keyboard.press('Escape')
  await says(page, '.form-error', 'not saved yet')
  await page.keyboard.press('Enter')
  await says(page, '#done', 'Saved the product “Very red apples”.')
  await says(second.page, 'h1', 'Very red apples')
  await chord(page, 'Control', 'z')
  await says(page, 'h1', 'Red apples')
  await chord(page, 'Control', 'Shift', 'z')
  await says(page, 'h1', 'Very red apples')
  await press(page, '.product-actions', 'Delete')
  await says(page, '#delete-words', 'This deletes 1 product, 3 items')
  await press(page, 'dialog[open]', 'Delete')
  await says(second.page, 'h1', 'Not here')
  await press(page, '.notice', 'Undo')
  await says(second.page, 'h1', 'Very red apples')
  assert.deepEqual([...(await first.complaints()), ...(await second.complaints())], [])
})

test('a row is chosen by the keys from those that are found', async (t) => {
  const { page, complaints } = await (await firefox.shop(t))('/manage/items')
  await press(page, '.counter', 'Add')
  await (await page.waitForSelector('[role=combobox]')).focus()
  await page.keyboard.type('pears')
  await page.waitForSelector('[role=option][aria-selected=true]')
  await says(page, '[role=option]', 'Butter pears')
  await page.keyboard.press('Enter')
  const chosen = () => document.querySelector('[role=combobox]').value
  assert.equal(await page.evaluate(chosen), 'Butter pears')
  await press(page, 'dialog[open]', 'Add')
  await says(page, '#field-name-error', 'Write a name.')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-name')
  assert.deepEqual(await complaints(), [])
})

test('Tab leads from the order to a category, and not to the line they stand on', async (t) => {
  const { page } = await (await firefox.shop(t))('/')
  await page.setViewport({ width: 390, height: 844 })
  await page.waitForFunction(() => {
    const { scrollWidth, clientWidth } = document.querySelector('.chips')
    return scrollWidth > clientWidth
  })
  await page.focus('.sort select')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'chip')
})

// Runs in the page: puts a picture far below what is seen, which is not fetched before it comes
// near, and gives the place of its ground on the page.
function putFarPicture(alt) {
  const ground = document.querySelector('.far') ?? document.createElement('div')
  ground.className = 'stage far'
  Object.assign(ground.style, { width: '200px', marginTop: '20000px' })
  ground.replaceChildren(Object.assign(new window.Image(), { alt, loading: 'lazy', src: '/a.png' }))
  document.querySelector('main').append(ground)
  const { x, y, width, height } = ground.getBoundingClientRect()
  return { x: x + window.scrollX, y: y + window.scrollY, width, height }
}

test('no words stand in the place of a picture before it is fetched', async (t) => {
  const { page } = await (await firefox.shop(t))('/')
  const look = async (alt) => {
    const clip = await page.evaluate(putFarPicture, alt)
    return page.screenshot({ clip, captureBeyondViewport: true, encoding: 'base64' })
  }
  assert.ok((await look('A shiny red apple')) === (await look('')))
})
