// How pictures come onto the page: the size that is sharp, what is here already meanwhile, their
// colour before that, and nothing that moves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { choose, photo } from './support/photos.mjs'
import { message } from './support/shop.mjs'

const { open } = useBrowser()

// Runs in the page: how far things have moved by themselves, as browsers reckon it. Pushes at the
// end, until one is noticed, show that moves are.
const shift = () =>
  new Promise((resolve) => {
    let sum = 0
    const pushed_ms = performance.now()
    new window.PerformanceObserver((list) => {
      for (const { value, startTime } of list.getEntries()) {
        if (startTime >= pushed_ms) return resolve(sum)
        sum += value
      }
    }).observe({ type: 'layout-shift', buffered: true })
    let push_px = 0
    const push = () => {
      document.querySelector('main').style.paddingTop = `${(push_px += 300)}px`
    }
    push()
    window.setInterval(push, 1_000)
  })

// Runs in the page: the widths that the browser may choose from, and the one it has chosen.
function choiceOf(selector) {
  const { srcset, sizes, currentSrc } = document.querySelector(selector)
  const choices = srcset.split(', ').map((choice) => choice.split(' '))
  const shown = choices.find(([url]) => url === currentSrc)[1]
  return { sizes, shown, widths: choices.map(([, width]) => width) }
}

// A product whose cover is a photo of 900 x 600 pixels, and then the window.
async function openWithPhoto() {
  const opened = await open({ path: '/product/1', ready: 'picture-tray' })
  const { page } = opened
  await page.getByRole('button', { name: 'Remove the cover' }).click()
  await page.waitForSelector('.stage.large.without-picture')
  await choose(page, [await photo('field.jpg')])
  assert.equal(await message(page), 'Added 1 picture.')
  await page.goto(new URL('/', page.url()).href)
  await page.waitForSelector('a.card .stage.photo img')
  return opened
}

test('a card asks for the thumbnail that is sharp on it, and for no other', async () => {
  const { page, close } = await openWithPhoto()
  const image = page.locator('a.card .stage.photo img')
  await image.evaluate((one) => one.decode())
  assert.equal(await image.evaluate(({ naturalWidth }) => naturalWidth), 320)
  assert.equal(await image.getAttribute('srcset'), null)
  await close()
})

test('a product shows the thumbnail of its card at once, and the browser may choose', async () => {
  const { page, complaints, close } = await openWithPhoto()
  await page.locator('a.card').first().click()
  const cover = '.stage.large.photo img'
  await page.waitForSelector(`${cover}[srcset*="640w"]`)
  await page.waitForFunction((one) => document.querySelector(one).currentSrc !== '', cover)
  const large = await page.evaluate(choiceOf, cover)
  assert.deepEqual([large.sizes, large.shown], ['560px', '640w'])
  assert.ok(large.widths.includes('320w'), `${large.widths}`)
  assert.deepEqual(await complaints(), [])
  await close()
})

test('only what is seen first is loaded at once', async () => {
  const { page, close } = await open({ path: '/product/1', ready: '.shelf a.card img' })
  const loading = (selector) => page.locator(`${selector} img`).first().getAttribute('loading')
  assert.equal(await loading('.stage.large'), 'eager')
  assert.equal(await loading('.shelf a.card'), 'lazy')
  await close()
})

test('every picture keeps its place before it is there, so that nothing moves', async () => {
  for (const path of ['/', '/product/1', '/manage/products']) {
    const { page, close } = await open({ path, ready: '.stage img' })
    await page.waitForFunction(() => {
      const all = [...document.querySelectorAll('.stage img')]
      const isSeen = (image) => image.getBoundingClientRect().top < window.innerHeight
      return all.filter(isSeen).every(({ complete }) => complete)
    })
    const sides = await page.$$eval('.stage img', (all) =>
      all.filter((image) => !(image.getAttribute('width') > 0 && image.getAttribute('height') > 0)),
    )
    assert.deepEqual(sides, [])
    const moved = await page.evaluate(shift)
    assert.ok(moved < 0.01, `${path} moved by ${moved}`)
    await close()
  }
})

// Runs in the page, before its own scripts: notes the ground of the first place for a photo that
// has no photo yet.
function noteGround() {
  new window.MutationObserver((_, observer) => {
    const place = document.querySelector('a.card .stage.photo')
    if (!place || place.querySelector('img')) return
    window.ground = getComputedStyle(place).backgroundColor
    observer.disconnect()
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

test("a photo's own colour stands in its place until it has arrived", async () => {
  const { page, close } = await openWithPhoto()
  await page.addInitScript(noteGround)
  await page.reload()
  await page.waitForSelector('a.card .stage.photo img')
  const [ground, tint] = await page.evaluate(() => {
    const probe = document.createElement('i')
    probe.style.color = document
      .querySelector('a.card .stage.photo')
      .style.getPropertyValue('--tint')
    document.body.append(probe)
    return [window.ground, getComputedStyle(probe).color]
  })
  assert.match(tint, /^rgb\(\d+, \d+, \d+\)$/)
  assert.equal(ground, tint)
  await close()
})
