// Many tabs, one owner: whoever closes, reloads or crashes, no acknowledged write is lost and none
// is doubled. VITRINE_HANDOVERS says how often the owner changes, VITRINE_COMMITS
// how much two tabs write at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reload, useBrowser } from './support/browser.mjs'
import { freeze } from './support/freeze.mjs'
import { beginTransaction, stop, write } from './support/writing.mjs'

const browser = useBrowser()
const kHandovers = Number(process.env.VITRINE_HANDOVERS ?? 6)
const kCommits = Number(process.env.VITRINE_COMMITS ?? 200)

const openShop = (page, storage = 'opfs') =>
  page.evaluate((options) => window.openShop(options).then(() => undefined), { storage })

const names = async (page) => {
  const rows = await page.evaluate(() => window.db.uom.find({ orderBy: [{ name: 'asc' }] }))
  return rows.map(({ name }) => name)
}

for (const storage of ['opfs', 'indexeddb']) {
  test(`${storage}: what one tab writes, the other reads`, async (t) => {
    const { open } = await browser.tabs(t)
    const [first, second] = [await open(), await open()]
    await openShop(first, storage)
    await openShop(second, storage)
    await first.evaluate(() => window.db.uom.create({ name: 'of the first' }))
    await second.evaluate(() => window.db.uom.create({ name: 'of the second' }))
    for (const page of [first, second]) {
      assert.deepEqual(await names(page), ['of the first', 'of the second'])
    }
    const twice = () => window.codeOf(window.db.uom.create({ name: 'of the first' }))
    assert.equal(await second.evaluate(twice), 'UNIQUE')
  })
}

test('two tabs that write at once have every write, once', async (t) => {
  const { open } = await browser.tabs(t)
  const pages = [await open(), await open()]
  for (const page of pages) await openShop(page)
  const writeAll = async ([tab, count]) => {
    for (let n = 0; n < count; n++) await window.db.uom.create({ name: `${tab} ${n}` })
  }
  const half = kCommits / 2
  await Promise.all(pages.map((page, tab) => page.evaluate(writeAll, [tab, half])))
  const found = await pages[0].evaluate(
    () => window.db.sql`SELECT count(*) AS rows FROM uom GROUP BY substr(name, 1, 1)`,
  )
  assert.deepEqual(found, [{ rows: half }, { rows: half }])
})

test('what one tab commits, another follows and takes back, whoever owns it', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  await second.evaluate(() => {
    window.seen = []
    const live = window.db.uom.live({ select: ['name'] })
    live.subscribe((rows) => window.seen.push(rows.map(({ name }) => name).join()))
  })
  const sees = (text) => second.waitForFunction((last) => window.seen.at(-1) === last, text)
  await sees('')
  await first.evaluate(() => window.db.uom.create({ name: 'box' }))
  await sees('box')
  await second.evaluate(() => window.db.undo())
  await sees('')
  await second.evaluate(() => window.db.redo())
  await sees('box')
  await first.close()
  await second.evaluate(() => window.db.uom.create({ name: 'crate' }))
  await sees('box,crate')
})

test('a tab goes on writing when the owner took other data in', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  await second.evaluate(() => window.db.uom.create({ name: 'before' }))
  await first.evaluate(async () => window.db.replaceWith(await window.db.export()))
  await second.evaluate(() => window.db.uom.create({ name: 'after' }))
  assert.deepEqual(await names(first), ['after', 'before'])
})

test('a tab that closes its catalog waits for what it asked before', async (t) => {
  const { open } = await browser.tabs(t)
  const pages = [await open(), await open()]
  for (const page of pages) await openShop(page)
  const writeAndClose = async () => {
    const code = window.codeOf(window.db.uom.create({ name: 'last' }))
    await window.db.close()
    return code
  }
  assert.equal(await pages[1].evaluate(writeAndClose), 'none')
  assert.deepEqual(await names(pages[0]), ['last'])
})

test('what another tab only asks for is not noted', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  const statements = await second.evaluate(async () => {
    const ran = []
    window.db.onQuery(({ sql }) => ran.push(sql))
    await new Promise((told) => window.db.uom.live().subscribe(told))
    await window.db.sql`
      SELECT count(*) AS units FROM uom`
    return ran
  })
  assert.ok(statements.length > 1)
  assert.deepEqual(
    statements.filter((sql) => sql.includes('vitrine_call')),
    [],
  )
})

test('what rows look like is known though the first call for them was given up', async (t) => {
  const { open } = await browser.tabs(t)
  const pages = [await open(), await open()]
  for (const page of pages) await openShop(page)
  const codes = await pages[1].evaluate(async () => {
    const control = new AbortController()
    const first = window.codeOf(window.db.uom.find({ signal: control.signal }))
    control.abort()
    return [await first, await window.codeOf(window.db.uom.find({}))]
  })
  assert.deepEqual(codes, ['ABORTED', 'none'])
})

test('a tab that goes in mid-transaction takes it with it', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  await second.evaluate(
    () =>
      new Promise((begun) => {
        void window.db.transaction(async (tx) => {
          await tx.uom.create({ name: 'lost' })
          begun()
          await new Promise(() => {})
        })
      }),
  )
  await second.close()
  assert.deepEqual(await names(first), [])
})

test('a tab that goes while its call runs does not stop the owner', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  // There a write waits for the browser, and the owner hears of other tabs meanwhile.
  await openShop(first, 'indexeddb')
  await openShop(second, 'indexeddb')
  await second.evaluate(() => {
    for (let n = 0; n < 300; n++) void window.db.uom.create({ name: `${n}` })
  })
  await second.close()
  const call = () => window.codeOf(window.db.uom.create({ name: 'after' }))
  assert.equal(await first.evaluate(call), 'none')
})

test('an owner that closes its catalog lets the transaction of another tab end', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  const end = await beginTransaction(second, ['one', 'two'])
  await first.evaluate(() => void (window.closing = window.db.close()))
  // A tab that comes meanwhile is let in, and waits as any other.
  const third = await open()
  await openShop(third)
  assert.equal(await end(), 'none')
  await first.evaluate(() => window.closing)
  for (const page of [second, third]) assert.deepEqual(await names(page), ['one', 'two'])
})

test('an owner that closes its catalog begins no more transactions', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second, third] = [await open(), await open(), await open()]
  for (const page of [first, second, third]) await openShop(page)
  const end = await beginTransaction(second, ['one'])
  const begun = beginTransaction(third, ['two', 'three'])
  await first.evaluate(() => void (window.closing = window.db.close()))
  assert.equal(await end(), 'none')
  await first.evaluate(() => window.closing)
  const endLater = await begun
  assert.equal(await endLater(), 'none')
  assert.deepEqual(await names(third), ['one', 'three', 'two'])
})

test('a transaction whose owner goes fails, and can be begun again', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  const end = await beginTransaction(second, ['one', 'two'])
  await first.close()
  assert.equal(await end(), 'STATE transaction_lost')
  await second.evaluate(() => window.db.transaction((tx) => tx.uom.create({ name: 'kept' })))
  assert.deepEqual(await names(second), ['kept'])
})

const ways = {
  close: (page) => page.close(),
  reload: (page) => reload(page),
  crash: async (page, context) => {
    const devtools = await context.newCDPSession(page)
    // The page is gone before it can answer.
    devtools.send('Page.crash').catch(() => undefined)
    await page.waitForEvent('crash')
    await page.close()
  },
}

test('no write is lost or doubled when the owner closes, reloads or crashes', async (t) => {
  const { open, context } = await browser.tabs(t)
  let owner = await open()
  await openShop(owner)
  const expected = []
  for (let round = 0; round < kHandovers; round++) {
    const way = Object.keys(ways)[round % 3]
    const next = await open()
    await openShop(next)
    await write(next, `${round} ${way}`)
    await next.waitForFunction(() => window.written.length > 3)
    await ways[way](owner, context)
    const count = await next.evaluate(() => window.written.length)
    await next.waitForFunction((before) => window.written.length > before + 3, count)
    expected.push(...(await stop(next)))
    if (way === 'reload') await owner.close()
    owner = next
  }
  assert.deepEqual(await names(owner), expected.sort())
  const check = await owner.evaluate(() => window.db.sql`PRAGMA integrity_check`)
  assert.deepEqual(check, [{ integrity_check: 'ok' }])
})

test('an owner that is frozen makes calls fail, and not wait for ever', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  const { thawed } = await freeze(first, second, 20_000)
  const call = () => window.codeOf(window.db.uom.create({ name: 'late' }))
  assert.equal(await second.evaluate(call), 'LEADER_UNRESPONSIVE')
  await thawed
  await second.evaluate(() => window.db.uom.create({ name: 'after' }))
  // What has failed does not take effect later.
  assert.deepEqual(await names(second), ['after'])
})

test('a tab without a network takes over from one that goes', async (t) => {
  const { open, context } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  const module = second.waitForResponse(/vitrine\.wasm/)
  await openShop(second)
  await (await module).finished()
  await context.setOffline(true)
  await first.close()
  await second.evaluate(() => window.db.uom.create({ name: 'offline' }))
  assert.deepEqual(await names(second), ['offline'])
})

test('a call that reaches the owner too late is told so', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  // For this owner the time of every call is over, though it is heard of all the while.
  await first.workers()[0].evaluate(() => {
    const now = Date.now
    Date.now = () => now() + 20_000
  })
  const call = () => window.codeOf(window.db.uom.create({ name: 'late' }))
  assert.equal(await second.evaluate(call), 'LEADER_UNRESPONSIVE')
  assert.deepEqual(await names(first), [])
})

test('a live query that an owner was too late for hears of the next commits', async (t) => {
  const { open } = await browser.tabs(t)
  const [first, second] = [await open(), await open()]
  await openShop(first)
  await openShop(second)
  const turnClock = (by) =>
    first.workers()[0].evaluate((ms) => {
      const now = Date.now
      Date.now = () => now() + ms
    }, by)
  await turnClock(20_000)
  await second.evaluate(() => {
    window.told = []
    const live = window.db.uom.live()
    live.subscribe(
      ({ length }) => window.told.push(length),
      ({ code }) => window.told.push(code),
    )
  })
  await second.waitForFunction(() => window.told.at(-1) === 'LEADER_UNRESPONSIVE')
  await turnClock(-20_000)
  await first.evaluate(() => window.db.uom.create({ name: 'box' }))
  await second.waitForFunction(() => window.told.at(-1) === 1)
})
