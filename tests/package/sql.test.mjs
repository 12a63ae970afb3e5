// SQL: the sql tag, what requests are as SQL, and who is told of statements.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { consumer } from './support/installed.mjs'
import { openShop, opened, refusal, sizes } from './support/shop.mjs'

const run = promisify(execFile)

test('values of every type are bound, and come back', async (t) => {
  const db = await opened(t)
  const date = new Date('2026-11-22T09:30:00.000Z')
  const [row] = db.sql`SELECT ${null} AS n, ${"it's; --"} AS s, ${-1.5} AS r,
    ${2 ** 53 - 1} AS i, ${-(2n ** 63n)} AS big, ${true} AS b, ${date} AS d,
    ${Uint8Array.of(0, 255)} AS bytes, ${'🥐\0e'} AS text`
  assert.deepEqual(row, {
    ...{ n: null, s: "it's; --", r: -1.5, i: 2 ** 53 - 1, big: -(2n ** 63n), b: 1 },
    ...{ d: '2026-11-22T09:30:00.000Z', bytes: Uint8Array.of(0, 255), text: '🥐\0e' },
  })
})

test('a statement gives its rows, and a write is seen by the models', async (t) => {
  const db = await openShop(t)
  const symbol = 'pr'
  const written = db.sql`UPDATE uom SET symbol = ${symbol} WHERE id = 1 RETURNING name, symbol`
  assert.deepEqual(written, [{ name: 'pair', symbol: 'pr' }])
  assert.equal(db.uom.get(1).symbol, 'pr')
  assert.deepEqual(db.sql`DELETE FROM uom WHERE id = 99`, [])
  assert.deepEqual(db.sql`SELECT changes() AS n`, [{ n: 0 }])
  assert.deepEqual(db.sql`SELECT 1 AS "__proto__"`.map(Object.keys), [['__proto__']])
})

test('a table that has changed gives its new columns at once', async (t) => {
  const db = await openShop(t)
  db.sql`CREATE TABLE shelf (place)`
  db.sql`INSERT INTO shelf VALUES (1)`
  const read = () => db.sql`SELECT * FROM shelf`
  assert.deepEqual(read(), [{ place: 1 }])
  db.sql`ALTER TABLE shelf ADD COLUMN width DEFAULT 5`
  assert.deepEqual(read(), [{ place: 1, width: 5 }])
  db.sql`ALTER TABLE shelf DROP COLUMN place`
  assert.deepEqual(read(), [{ width: 5 }])
})

test('columns of one name are refused, from when on they are, and as long', async (t) => {
  const db = await openShop(t)
  db.sql`CREATE TABLE shelf (place)`
  db.sql`CREATE TABLE board (width)`
  db.sql`INSERT INTO shelf VALUES (1)`
  db.sql`INSERT INTO board VALUES (2)`
  const read = () => db.sql`SELECT * FROM shelf, board`
  assert.deepEqual(read(), [{ place: 1, width: 2 }])
  db.sql`ALTER TABLE board RENAME COLUMN width TO place`
  refusal(read, { code: 'VALIDATION' })
  db.sql`ALTER TABLE board RENAME COLUMN place TO depth`
  assert.deepEqual(read(), [{ place: 1, depth: 2 }])
  const write = () => db.sql`INSERT INTO shelf VALUES (3) RETURNING place, 1 AS place`
  refusal(write, { code: 'VALIDATION' })
  assert.deepEqual(db.sql`SELECT place FROM shelf`, [{ place: 1 }])
})

test('a write belongs to the transaction that is open', async (t) => {
  const db = await openShop(t)
  const work = (tx) => {
    tx.sql`DELETE FROM product_item`
    throw new Error('no')
  }
  assert.throws(() => db.transaction(work), /no/)
  assert.equal(db.product_item.count(), 4)
  db.transaction((tx) => {
    tx.uom.create({ name: 'box' })
    refusal(() => tx.sql`INSERT INTO uom (name) VALUES (${'box'})`, { code: 'UNIQUE' })
    tx.sql`INSERT INTO uom (name) VALUES (${'crate'})`
  })
  assert.equal(db.uom.count({ where: { name: { in: ['box', 'crate'] } } }), 2)
})

test('search finds what SQL wrote', async (t) => {
  const db = await openShop(t)
  assert.equal(db.product.count({ search: 'pear' }), 0)
  db.sql`INSERT INTO product (name, description) VALUES ('Pear', 'Soft')`
  assert.equal(db.product.count({ search: 'pear' }), 1)
})

test('a search of blanks is none, one without a letter or digit finds nothing', async (t) => {
  const db = await openShop(t)
  const found = (search) => db.product.count({ search })
  assert.deepEqual(['', ' \t', '\0', '\u00a0', '\u3000'].map(found), [3, 3, 3, 3, 3])
  assert.deepEqual(['!?', '-', '🥐'].map(found), [0, 0, 0])
  assert.deepEqual(['boot\u00a0water', 'boot -', 'boot\u3000rub'].map(found), [1, 2, 1])
})

test('text put into SQL by hand, and statements of transactions, are refused', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const refused = (work, expected) => refusal(work, { code: 'VALIDATION', ...expected })
  refused(() => db.sql("DELETE FROM uom WHERE name = '" + 'x' + "'"))
  refused(() => db.sql(['DELETE FROM uom']))
  refused(() => db.sql`SELECT ${[1, 2]} AS a`, { path: 'values[0]' })
  refused(() => db.sql`SELECT ${{ a: 1 }} AS a`, { path: 'values[0]' })
  refused(() => db.sql`SELECT ${NaN} AS a`, { path: 'values[0]' })
  refusal(() => db.sql`SELECT ${undefined} AS a`, { code: 'UNDEFINED_VALUE', path: 'values[0]' })
  refused(() => db.sql`DELETE FROM uom WHERE name = '${'pair'}'`)
  refused(() => db.sql`DELETE FROM uom WHERE id = ?`)
  refused(() => db.sql`SELECT 1 AS a, 2 AS a`)
  for (const word of ['BEGIN', 'commit', ' ; End', '-- x\nROLLBACK', '/* * / */ SAVEPOINT a']) {
    refused(() => db.sql(Object.assign([word], { raw: [word] })))
  }
  refusal(() => db.sql`DELETE FROM uom; DELETE FROM product`, { code: 'SQL' })
  refusal(() => db.sql`SELEC 1`, { code: 'SQL' })
  refusal(() => db.sql`SELECT * FROM nothing`, { code: 'SQL' })
  assert.deepEqual(sizes(db), before)
  db.close()
  refusal(() => db.sql`SELECT 1 AS a`, { code: 'CLOSED' })
})

test('toSQL shows one statement per relation and runs none', async (t) => {
  const db = await openShop(t)
  const seen = []
  db.onQuery((statement) => seen.push(statement))
  const shown = db.category.toSQL({
    where: { name: 'Boots' },
    select: ['name'],
    include: { products: { select: ['name'], limit: 2, include: { product_items: true } } },
  })
  assert.deepEqual(
    shown.map(({ relation, parameters }) => [relation, parameters]),
    [
      ['', ['Boots']],
      ['products', ['(keys)', 2]],
      ['products.product_items', ['(keys)']],
    ],
  )
  assert.match(shown[0].sql, /^SELECT t0."name", t0."id" FROM "category" AS t0 WHERE/)
  assert.deepEqual(seen, [])
  refusal(() => db.category.toSQL({ limit: -1 }), { code: 'VALIDATION', path: 'limit' })
})

test('onQuery tells each statement once its call is over, also of calls that fail', async (t) => {
  const db = await openShop(t)
  const seen = []
  const stop = db.onQuery((statement) => seen.push(statement))
  db.product.find({ include: { category: true, product_items: true } })
  assert.deepEqual(
    seen.map(({ rows, changes }) => [rows, changes]),
    [
      [3, 0],
      [2, 0],
      [4, 0],
    ],
  )
  assert.ok(seen.every(({ duration_ms, sql }) => duration_ms >= 0 && sql.startsWith('SELECT')))
  seen.length = 0
  refusal(() => db.uom.create({ name: 'pair' }), { code: 'UNIQUE' })
  assert.ok(seen.some(({ sql }) => sql.startsWith('INSERT')))
  stop()
  stop()
  seen.length = 0
  db.product.find()
  assert.deepEqual(seen, [])
})

test('several watchers are told, and what one of them asks is not', async (t) => {
  const db = await openShop(t)
  const counts = [0, 0]
  const stop = db.onQuery(() => (counts[0] += db.uom.count()))
  db.onQuery(() => counts[1]++)
  db.product.count()
  assert.deepEqual(counts, [2, 1])
  stop()
  db.product.count()
  assert.deepEqual(counts, [2, 2])
  refusal(() => db.onQuery('x'), { code: 'VALIDATION' })
})

test('a watcher that fails leaves the call alone, and its error is not lost', async () => {
  const program = `
    import { openCatalog } from 'vitrine/sync'
    const db = await openCatalog()
    db.onQuery(() => { throw new Error('of the watcher') })
    console.log(db.product.count())`
  const flags = ['--input-type=module', '-e', program]
  await assert.rejects(run(process.execPath, flags, { cwd: consumer }), ({ stdout, stderr }) => {
    assert.equal(stdout, '0\n')
    assert.match(stderr, /Error: of the watcher/)
    return true
  })
})
