// The shop window: its pictures, its categories, its search, its order, its addresses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useBrowser } from './support/browser.mjs'
import { cardNames, fill, search, submit } from './support/shop.mjs'

const { open } = useBrowser()

test('at least 60 products show their pictures, without a complaint', async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll('a.card img')]
    return pictures.length >= 60 && pictures.every((picture) => picture.complete)
  })
  const pictures = await page.$$eval('a.card img', (all) =>
    all.map(({ naturalWidth, alt, src }) => ({ naturalWidth, alt, src })),
  )
  assert.ok(pictures.length >= 60, `${pictures.length} pictures`)
  assert.deepEqual(
    pictures.filter(({ naturalWidth, alt }) => naturalWidth !== 256 || alt === ''),
    [],
  )
  assert.ok(pictures.every(({ src }) => src.startsWith('blob:')))
  assert.deepEqual(await complaints(), [])
  await close()
})

test('the whole window stands on shelves, the fruit first', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const shelves = await page.locator('.shelf h2').allTextContents()
  assert.deepEqual(shelves.slice(0, 3), ['Fruit', 'Vegetables', 'Bread'])
  assert.equal(shelves.length, 9)
  await close()
})

test('a category shows as many products as its chip says, and has an address', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const chip = page.locator('a.chip', { hasText: 'Bread' })
  const count = Number(await chip.locator('.count').textContent())
  await chip.click()
  await page.waitForURL(/category=\d+/)
  assert.equal((await cardNames(page)).length, count)
  await page.reload()
  await page.waitForSelector('a.card')
  assert.equal(await page.locator('a.chip[aria-current] .count').textContent(), String(count))
  assert.equal((await cardNames(page)).length, count)
  await close()
})

test('a search finds words in names, descriptions and items, whatever their case', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  await search(page, 'LEMON')
  const found = await cardNames(page)
  assert.ok(found.includes('Lemons'), `found ${found}`)
  assert.ok(found.includes('Ginger lemonade'), `found ${found}`)
  await search(page, 'cream shortcake')
  assert.deepEqual(await cardNames(page), ['Strawberry shortcake'])
  await search(page, 'bombilla')
  assert.match(await page.locator('.tally').textContent(), /^0 products/)
  await close()
})

test('a search without a result offers the whole window again', async () => {
  const { page, close } = await open({ path: '/?q=zeppelin', ready: '.empty' })
  assert.equal((await cardNames(page)).length, 0)
  await page.getByRole('link', { name: 'Show everything' }).click()
  await page.waitForSelector('a.card')
  assert.equal(await page.inputValue('#search'), '')
  assert.ok((await cardNames(page)).length >= 60)
  await close()
})

test('a search that is over leaves nothing in the document', async () => {
  const { page, close } = await open({ ready: 'a.card' })
  const looked = async () => {
    await search(page, 'bread')
    await page.fill('#search', '')
    await page.locator('section.shelf').nth(1).waitFor()
    return page.evaluate(() => {
      let count = 0
      const nodes = document.createNodeIterator(document.querySelector('.shelves'))
      while (nodes.nextNode()) count += 1
      return count
    })
  }
  const once = await looked()
  await looked()
  assert.equal(await looked(), once)
  await close()
})

test('a percent sign is looked for as it stands, not as a wildcard', async () => {
  const { page, close } = await open({ path: '/?q=%25', ready: '.empty' })
  assert.equal((await cardNames(page)).length, 0)
  await close()
})

test('the order by name is that of the letters, whatever their case and accents', async () => {
  const { page, close } = await open({ path: '/manage/products', ready: '.rows' })
  for (const Name of ['éclair', 'ZWIEBACK', 'Ärmchen']) {
    await page.getByRole('button', { name: 'Add a product' }).click()
    await fill(page, { Name, Description: 'Sweet.' })
    await submit(page)
    await page.waitForSelector('dialog[open]', { state: 'detached' })
  }
  const byLetters = new Intl.Collator('en', { sensitivity: 'base' }).compare
  const listed = await page.locator('.rows th[scope=row]').allInnerTexts()
  assert.deepEqual(listed, [...listed].sort(byLetters))
  await page.goto(new URL('/?sort=name', page.url()).href)
  await page.waitForSelector('a.card')
  const names = await cardNames(page)
  assert.ok(names.indexOf('éclair') < names.indexOf('Farmhouse loaf'))
  assert.deepEqual(names, [...names].sort(byLetters))
  await page.getByLabel('Order').selectOption('name-desc')
  await page.waitForURL(/sort=name-desc/)
  await page.waitForFunction(() => /zwieback/i.test(document.querySelector('a.card').textContent))
  assert.deepEqual(await cardNames(page), [...names].reverse())
  await close()
})

test("a product's page shows its picture, its words, its items and their units", async () => {
  const { page, complaints, close } = await open({ ready: 'a.card' })
  await page.locator('a.card', { hasText: 'Farmhouse loaf' }).click()
  await page.waitForURL(/\/product\/\d+$/)
  await page.waitForSelector('.product')
  assert.equal(await page.locator('h1').textContent(), 'Farmhouse loaf')
  assert.equal(await page.title(), 'Farmhouse loaf · Vitrine')
  assert.equal(await page.locator('.stage.large img').getAttribute('alt'), 'A golden loaf of bread')
  const units = await page.locator('.items .unit').allInnerTexts()
  assert.deepEqual(
    units.map((unit) => unit.trim()),
    ['loaf', 'loaf', 'slice'],
  )
  await page.reload()
  await page.waitForSelector('.product')
  assert.equal(await page.locator('h1').textContent(), 'Farmhouse loaf')
  assert.deepEqual(await complaints(), [])
  await close()
})

test('going back finds the window as it was left: search, place and focus', async () => {
  const { page, close } = await open({ path: '/?sort=name', ready: 'a.card' })
  const card = page.locator('a.card').nth(40)
  await card.scrollIntoViewIfNeeded()
  const before = await page.evaluate(() => window.scrollY)
  const name = await card.locator('h3').textContent()
  await card.click()
  await page.waitForSelector('.product')
  await page.waitForFunction(() => window.scrollY === 0)
  await page.goBack()
  await page.waitForFunction((y) => Math.abs(window.scrollY - y) < 4, before)
  const focused = await page.evaluate(
    () => document.activeElement?.querySelector('h3')?.textContent,
  )
  assert.equal(focused, name)
  await close()
})

test('an address that names nothing says so and leads back', async () => {
  for (const path of ['/product/999999', '/attic', '/product/x', '/manage/attic']) {
    const { page, complaints, close } = await open({ path, ready: '.empty' })
    assert.equal(await page.locator('h1').textContent(), 'Not here', path)
    await page.getByRole('link', { name: 'Back to the window' }).click()
    await page.waitForSelector('a.card')
    assert.deepEqual(await complaints(), [])
    await close()
  }
})

test('a category without products says so, and takes one', async () => {
  const { page, complaints, close } = await open({ path: '/manage/categories', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a category' }).click()
  await fill(page, { Name: 'Cheese', Description: 'From the cool room.' })
  await submit(page)
  await page.getByRole('link', { name: 'Cheese' }).click()
  await page.getByText('Nothing in Cheese yet.').waitFor()
  await page.getByRole('button', { name: 'Add a product' }).press('Enter')
  await fill(page, { Name: 'Gouda', Description: 'Young.' })
  await submit(page)
  await page.waitForSelector('a.card')
  assert.deepEqual(await cardNames(page), ['Gouda'])
  assert.deepEqual(await complaints(), [])
  await close()
})

test('an address of a category that is not there says so, and leads to all', async () => {
  const { page, close } = await open({ path: '/?category=999', ready: '.empty' })
  assert.equal(await page.locator('.empty-head').innerText(), 'There is no such category.')
  await page.getByRole('link', { name: 'Look in all of them' }).click()
  await page.waitForSelector('a.card')
  assert.equal(new URL(page.url()).search, '')
  await close()
})

test('a search minds neither case nor accents, in any script', async () => {
  const { page, complaints, close } = await open({ path: '/manage/products', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a product' }).click()
  await fill(page, { Name: 'Äpfel Crème', Description: 'Σύκα.' })
  await submit(page)
  await page.getByRole('link', { name: 'Äpfel Crème' }).waitFor()
  await page.getByRole('link', { name: 'Window', exact: true }).click()
  await page.waitForSelector('a.card')
  for (const words of ['Äpfel', 'äpfel', 'apfel', 'CRÈME', 'creme', 'ΣΎΚΑ']) {
    await search(page, words)
    assert.deepEqual(await cardNames(page), ['Äpfel Crème'], words)
  }
  assert.deepEqual(await complaints(), [])
  await close()
})

test('a product without a category is counted, and has a chip of its own', async () => {
  const { page, complaints, close } = await open({ path: '/manage/products', ready: '.rows' })
  await page.getByRole('button', { name: 'Add a product' }).click()
  await fill(page, { Name: 'Stray', Description: 'From nowhere.' })
  await submit(page)
  await page.getByRole('link', { name: 'Stray' }).waitFor()
  await page.getByRole('link', { name: 'Window', exact: true }).click()
  await page.waitForSelector('a.card')
  const count = (name) => page.locator('a.chip', { hasText: name }).locator('.count').innerText()
  assert.equal(Number(await count('Everything')), (await cardNames(page)).length)
  assert.equal(await count('New on the counter'), '1')
  await page.locator('a.chip', { hasText: 'New on the counter' }).press('Enter')
  await page.waitForURL(/category=none/)
  assert.deepEqual(await cardNames(page), ['Stray'])
  await page.reload()
  await page.waitForSelector('a.card')
  assert.deepEqual(await cardNames(page), ['Stray'])
  assert.equal(await page.title(), 'New on the counter · Vitrine')
  assert.deepEqual(await complaints(), [])
  await close()
})
