// Every view by axe's rules, in light and dark, and on a phone's width.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { phone, useBrowser } from './support/browser.mjs'
import { choose, photo, textFile } from './support/photos.mjs'
import { rowPicker } from './support/shop.mjs'

const { open } = useBrowser()
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

const kTarget_px = 24

// Of axe's rules those that colours decide.
const kColorRules = { runOnly: ['color-contrast', 'link-in-text-block'] }

function press(name) {
  return (page) => page.getByRole('button', { name, exact: true }).click()
}

async function submitEmpty(page) {
  await press('Add a product')(page)
  await page.locator('dialog[open] button[type=submit]').click()
  await page.waitForSelector('[aria-invalid=true]')
}

const views = [
  { name: 'the window', path: '/', ready: 'a.card' },
  { name: 'a search without result', path: '/?q=zeppelin', ready: '.empty' },
  { name: 'a product', path: '/?q=Lemons', ready: 'a.card', open: openFirst },
  { name: 'a gallery', path: '/?q=Lemons', ready: 'a.card', open: openGallery },
  { name: 'a photo', path: '/?q=Lemons', ready: 'a.card', open: openPhoto },
  { name: 'items with pictures', path: '/product/1', ready: '.items', open: openItems },
  { name: 'the picture of an item', path: '/product/1', ready: '.items', open: openItemPicture },
  { name: 'the products', path: '/manage/products', ready: '.rows' },
  { name: 'the items', path: '/manage/items', ready: '.rows' },
  { name: 'the categories', path: '/manage/categories', ready: '.rows' },
  { name: 'the units', path: '/manage/units', ready: '.rows' },
  { name: 'a form', path: '/manage/items', ready: '.rows', open: press('Add an item') },
  { name: 'a list', path: '/manage/items', ready: '.rows', open: openList },
  { name: 'a form with errors', path: '/manage/products', ready: '.rows', open: submitEmpty },
  { name: 'a question', path: '/manage/categories', ready: '.rows', open: press('Delete Bread') },
  { name: 'a question about a file', path: '/manage/units', ready: '.rows', open: chooseFile },
  { name: 'a missing page', path: '/attic', ready: '.empty' },
]

async function chooseFile(page) {
  const file = {
    name: 'mine.sqlite',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(''),
  }
  await page.locator('input[accept*=sqlite]').setInputFiles(file)
  await page.waitForSelector('replace-dialog dialog[open]')
}

async function openList(page) {
  await press('Add an item')(page)
  await rowPicker(page, 'Product').press('ArrowDown')
  await page.waitForSelector('[role=option][aria-selected=true]')
}

async function openFirst(page) {
  await page.locator('a.card').first().click()
  await page.waitForSelector('.product')
}

async function openGallery(page) {
  await openFirst(page)
  await choose(page, [await photo('one.jpg'), await photo('two.jpg'), textFile('list.jpg')])
  await page.waitForSelector('.upload .error')
  await page.waitForSelector('.strip li:nth-child(2) img')
}

async function openPhoto(page) {
  await openFirst(page)
  await page.locator('.strip button').first().click()
  await page.waitForSelector('.lightbox[open] img')
}

// One of the items has a picture, for another there was none in the file.
async function openItems(page) {
  await page.getByLabel('Add a picture of Red apples, loose').setInputFiles(await photo('one.jpg'))
  await page.waitForSelector('.items .item-picture img')
  const other = page.getByLabel('Add a picture of Red apples, windfalls')
  await other.setInputFiles(textFile('list.jpg'))
  await page.waitForSelector('.items .upload .error')
}

async function openItemPicture(page) {
  await page.getByRole('button', { name: 'Look at Red apples, loose' }).click()
  await page.waitForSelector('.lightbox[open] img')
}

// Shows one view after the other in a page, looks at each, and wants no complaint in any.
async function eachView(options, look) {
  const { page, complaints, close } = await open({ ready: 'a.card', ...options })
  for (const view of views) {
    await page.goto(new URL(view.path, page.url()).href)
    await page.waitForSelector(view.ready)
    await view.open?.(page)
    await look(page, view)
    assert.deepEqual(await complaints(), [], view.name)
  }
  await close()
}

async function axeFindings(page, rules = {}) {
  const { violations } = await page.evaluate((some) => axe.run(document, some), rules)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

// One visit is enough for both, and in the dark the rules about colours: nothing else differs.
test('axe finds nothing against any view, in the light and in the dark', async () => {
  await eachView({}, async (page, view) => {
    await page.evaluate(axeSource)
    for (const [colorScheme, rules] of Object.entries({ light: {}, dark: kColorRules })) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await axeFindings(page, rules), [], `${view.name} in the ${colorScheme}`)
    }
  })
})

test('the dark is dark and the light is light', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const lightness = async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    const color = await page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor,
    )
    return Math.max(...color.match(/\d+/g).map(Number))
  }
  assert.ok((await lightness('light')) > 200)
  assert.ok((await lightness('dark')) < 60)
  await close()
})

test('axe does find something against a picture without a text', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await page.evaluate(axeSource)
  await page.evaluate(() => document.querySelector('a.card img').removeAttribute('alt'))
  assert.match((await axeFindings(page)).join(), /image-alt/)
  await close()
})

// Runs in the page: makes all letters of another size, as a visitor's settings do.
function scaleText(scale) {
  const sheet = new window.CSSStyleSheet()
  sheet.replaceSync(`html { font-size: ${scale}% !important }`)
  document.adoptedStyleSheets = [sheet]
}

// Runs in the page: how far the page or the open dialog can be scrolled sideways.
function aside() {
  const scopes = [document.documentElement, ...document.querySelectorAll('dialog[open]')]
  return Math.max(...scopes.map((scope) => scope.scrollWidth - scope.clientWidth))
}

test('on a phone, and in large letters, no view scrolls sideways or is hard to press', async () => {
  await eachView({ viewport: phone }, async (page, view) => {
    assert.equal(await page.evaluate(aside), 0, view.name)
    assert.deepEqual(await page.evaluate(smallTargets, kTarget_px), [], view.name)
    await page.setViewportSize({ width: 320, height: 640 })
    assert.equal(await page.evaluate(aside), 0, `${view.name} on 320 pixels`)
    // As 320 pixels are with a browser's own setting for letters of 200 %.
    await page.setViewportSize({ width: 160, height: 320 })
    assert.equal(await page.evaluate(aside), 0, `${view.name} on 320 pixels in large letters`)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.evaluate(scaleText, 200)
    assert.equal(await page.evaluate(aside), 0, `${view.name} in large letters`)
    await page.setViewportSize(phone)
  })
})

// Runs in the page: the units of items that are broken within their one word.
function brokenUnits() {
  const { body } = document
  return [...body.querySelectorAll('.items .unit')].flatMap((unit) => {
    const range = document.createRange()
    range.selectNodeContents(
      [...unit.childNodes].find(({ nodeType, data }) => nodeType === 3 && data.trim() !== ''),
    )
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
    return lines.size > 1 ? [range.toString().trim()] : []
  })
}

test('on a narrow screen, and in large letters, the unit of an item is a whole word', async () => {
  const viewport = { width: 308, height: 640 }
  const { page, close } = await open({ viewport, path: '/product/1', ready: '.items' })
  assert.deepEqual(await page.evaluate(brokenUnits), [])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.evaluate(scaleText, 125)
  assert.deepEqual(await page.evaluate(brokenUnits), [])
  await close()
})

// Runs in the page: what can be pressed and is smaller than `least` pixels.
function smallTargets(least) {
  const scope = document.querySelector('dialog[open]') ?? document
  return [...scope.querySelectorAll('a, button, select, textarea, input, .button, [role=option]')]
    .filter((element) => element.checkVisibility() && !element.matches('.hidden, .skip'))
    .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML }))
    .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < least)
    .map(({ box, html }) => `${box.width} x ${box.height}: ${html.slice(0, 80)}`)
}
