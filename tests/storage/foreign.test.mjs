// A page whose scripts come from another origin, as from a network that delivers packages: the
// catalog is that of the page's origin.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { serve } from '../../scripts/lib/serve.mjs'
import { openPage, startSite, useBrowser } from './support/browser.mjs'

const browser = useBrowser()

// A site of one page, with the scripts of `scripts`.
async function startPage(t, scripts) {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-'))
  const html = `<!doctype html><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,"><script type="module" src="${scripts.url}page.js"></script>`
  await writeFile(join(folder, 'index.html'), html)
  const policy = [
    `default-src 'self'; img-src data:; script-src ${scripts.url} 'wasm-unsafe-eval'`,
    `connect-src ${scripts.url}; worker-src blob: ${scripts.url}`,
    "require-trusted-types-for 'script'",
  ].join('; ')
  const site = await serve({ root: folder, headers: { 'content-security-policy': policy } })
  t.after(async () => {
    await site.close()
    await rm(folder, { recursive: true })
  })
  return site.url
}

test('a catalog whose scripts come from another origin is kept in that of the page', async (t) => {
  const scripts = await startSite({ headers: { 'access-control-allow-origin': '*' } })
  t.after(() => scripts.close())
  const { context } = await browser.tabs(t)
  const page = await openPage(context, await startPage(t, scripts))
  assert.equal(await page.evaluate(() => window.refusalOf(window.openShop())), null)
  assert.equal(
    await page.evaluate(() => window.codeOf(window.db.uom.create({ name: 'kg' }))),
    'none',
  )
  const kept = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('vitrine')
    return Array.fromAsync(folder.keys())
  })
  assert.ok(kept.includes('shop.sqlite'))
  assert.deepEqual(await page.evaluate(() => window.complaints), [])
})
