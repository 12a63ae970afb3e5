// The browser is killed while it commits, again and again: what was acknowledged to this process is
// there, once, and what was under way is there as a whole or not at all. VITRINE_BROWSER_KILLS says
// how often; with VITRINE_CONTROL a journal that protects from nothing must be found out.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSite } from './support/browser.mjs'
import { startMortal } from './support/mortal.mjs'

const kKills = Number(process.env.VITRINE_BROWSER_KILLS ?? 3)
const kStarts = 3

// Runs in the page: a product, and eight pictures that are ready to be attached to it.
async function preparePictures() {
  const { db } = window
  await db.product.upsert({ name: 'Boot', description: '' })
  const canvas = new window.OffscreenCanvas(60, 40)
  const context = canvas.getContext('2d')
  window.pictures = []
  for (let n = 0; n < 8; n++) {
    context.fillText(String(n), 6 * n, 20)
    const image = db.product.attachment('image')
    const file = await canvas.convertToBlob()
    window.pictures.push(await image.prepare(file, { originalOnly: true }))
  }
}

// Commits of many pages and a picture, numbered from `first` on; each is told outside when it was
// acknowledged.
async function commit(page, first) {
  let last = first - 1
  await page.exposeFunction('acknowledge', (number) => (last = number))
  await page.evaluate(preparePictures)
  await page.evaluate((start) => {
    void (async () => {
      const { db, pictures } = window
      const description = 'x'.repeat(6_000)
      for (let n = start; ; n++) {
        const row = (part) => ({ name: `${n} ${part}`, description })
        await db.transaction(async (tx) => {
          await tx.category.createMany(Array.from({ length: 8 }, (_, part) => row(part)))
          const image = tx.product.attachment('image')
          await image.attach({ name: 'Boot' }, pictures[n % 8], { alt: String(n) })
        })
        await window.acknowledge(n)
      }
    })()
  }, first)
  return () => last
}

// What is wrong after `acknowledged` was the last number told, or "", and the last commit there is.
async function look(page, acknowledged) {
  const read = async () => {
    try {
      const db = await window.openShop({ storage: 'opfs' })
      const [check] = await db.sql`PRAGMA integrity_check`
      const [found] = await db.sql`SELECT count(*) AS all_rows,
        count(DISTINCT CAST(name AS INTEGER)) AS commits,
        coalesce(max(CAST(name AS INTEGER)), -1) AS last FROM category`
      const picture = await db.product_picture.first()
      const content = picture && (await db.image_blob.get(picture.sha256))
      const digest = content && (await window.crypto.subtle.digest('SHA-256', content.bytes))
      const bytes = digest ? [...new Uint8Array(digest)] : []
      const sha256 = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
      const isWhole = !picture || sha256 === picture.sha256
      const shown = isWhole ? Number(picture?.alt ?? -1) : 'torn'
      return { check: check.integrity_check, ...found, shown }
    } catch (error) {
      return { check: String(error) }
    }
  }
  const { check, all_rows, commits, last, shown } = await page.evaluate(read)
  if (check !== 'ok') return { damage: check }
  if (all_rows !== commits * 8 || commits !== last + 1)
    return { damage: `${all_rows} rows of ${commits} commits, the last is ${last}` }
  if (shown !== last) return { damage: `the picture is ${shown}, the last commit ${last}` }
  const isRight = last === acknowledged || last === acknowledged + 1
  return { damage: isRight ? '' : `the last is ${last}, not ${acknowledged}`, last }
}

// A browser that does not come up in time, on a machine that does other work, says nothing of the
// files that it finds.
async function started(folder, url) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startMortal(folder, url)
    } catch (error) {
      if (attempt === kStarts) throw error
    }
  }
}

// Kills `count` browsers on one profile; the first damage, or ''.
async function killAll(t, count, journal) {
  const site = await startSite({ journal })
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-profile-'))
  t.after(async () => {
    await site.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  let acknowledged = -1
  for (let round = 0; round <= count; round++) {
    const { page, kill } = await started(folder, site.url)
    try {
      const { damage, last } = await look(page, acknowledged)
      if (damage !== '') {
        await kill()
        return `after ${round} kills: ${damage}`
      }
      const told = await commit(page, last + 1)
      const wait_ms = 150 + Math.floor(Math.random() * 450)
      if (round < count) await new Promise((resolve) => setTimeout(resolve, wait_ms))
      await kill()
      acknowledged = told()
    } catch (error) {
      await kill().catch(() => undefined)
      throw new Error(`after ${round} kills: ${error.message}`, { cause: error })
    }
  }
  t.diagnostic(`${acknowledged + 1} commits, ${count} kills`)
  return ''
}

test('a browser that is killed loses no commit that it acknowledged', async (t) => {
  assert.equal(await killAll(t, kKills, 'wal'), '')
})

if (process.env.VITRINE_CONTROL !== undefined) {
  test('the same kills find out a journal that protects from nothing', async (t) => {
    assert.notEqual(await killAll(t, 400, 'memory'), '')
  })
}
