// Pages: after, and iterate, which goes from page to page by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, opened, refusal } from './support/shop.mjs'

const names = (rows) => rows.map((row) => row.name)

// 1,203 products, more than two pages of iterate, with names that are not in the order of ids.
async function openStock(t) {
  const db = await opened(t)
  db.category.createMany(
    Array.from({ length: 7 }, (_, index) => ({ name: `c${index}`, description: '' })),
  )
  db.product.createMany(
    Array.from({ length: 1203 }, (_, index) => ({
      name: `p${(index * 7919) % 1203}`,
      description: `${index % 5}`,
      category_id: index % 8 === 7 ? null : (index % 8) + 1,
    })),
  )
  return db
}

test('after starts behind a row, whatever was added before it', async (t) => {
  const db = await openShop(t)
  const orderBy = [{ category: { name: 'asc' } }, { name: 'asc' }]
  const page = (more) =>
    db.product.find({ orderBy, limit: 1, include: { category: true }, ...more })
  const [first] = page()
  assert.equal(first.name, 'Hiking boot')
  db.product.create({ name: 'Ankle boot', description: '', category: { connect: { id: 1 } } })
  assert.deepEqual(names(page({ after: first })), ['Rain boot'])
  assert.deepEqual(names(page({ after: ['Boots', 'Rain boot', 2] })), ['Apple'])
  assert.deepEqual(page({ after: ['Fruit', 'Apple', 3] }), [])
})

test('after needs the values of the order and the key', async (t) => {
  const db = await openShop(t)
  const refused = (args, expected) =>
    refusal(() => db.product.find(args), { code: 'VALIDATION', ...expected })
  refused({ orderBy: [{ name: 'asc' }], after: { id: 1 } }, { path: 'after.name' })
  refused({ orderBy: [{ category: { name: 'asc' } }], after: { id: 1, name: 'x' } })
  refused({ after: [1, 2] }, { path: 'after' })
  refused({ after: { id: 'x' } })
  refused({ search: 'boot', after: { id: 1 } })
})

test('iterate gives what find gives, fetched in pages', async (t) => {
  const db = await openStock(t)
  const requests = [
    {},
    { orderBy: [{ name: 'desc' }] },
    { orderBy: [{ description: 'descFolded' }, { name: 'ascFolded' }], select: ['id'] },
    { orderBy: [{ description: 'asc' }, { category: { name: 'desc' } }], select: ['name'] },
    { orderBy: [{ category: { name: 'asc' } }], include: { category: { select: ['id'] } } },
    { orderBy: [{ category: { name: 'asc' } }], include: { category: true } },
    { where: { category_id: null } },
    { search: 'p1', select: ['name'] },
    { search: 'p', orderBy: [], select: ['name'] },
    { limit: 501, offset: 700 },
    { limit: 0 },
  ]
  for (const args of requests) {
    assert.deepEqual([...db.product.iterate(args)], db.product.find(args), JSON.stringify(args))
  }
  let queries = 0
  db.onQuery(() => queries++)
  assert.equal([...db.product.iterate()].length, 1203)
  assert.equal(queries, 3)
})

test('iterate fetches no more than is asked of it, and goes on after what it gave', async (t) => {
  const db = await openStock(t)
  let queries = 0
  const stop = db.onQuery(() => queries++)
  for (const row of db.product.iterate()) if (row.id === 3) break
  assert.equal(queries, 1)
  stop()
  const seen = new Set()
  for (const { id } of db.product.iterate({ select: ['id'] })) {
    seen.add(id)
    // The row it stands on may go: the next page does not need it.
    if (id % 100 === 0) db.product.delete(id)
  }
  assert.equal(seen.size, 1203)
  assert.equal(db.product.count(), 1203 - 12)
})

test('a mistake is told when iterate is called', async (t) => {
  const db = await openShop(t)
  refusal(() => db.product.iterate({ limit: 1.5 }), { code: 'VALIDATION', path: 'limit' })
  refusal(() => db.product.iterate({ wher: {} }), { code: 'VALIDATION', path: 'wher' })
  refusal(() => db.product.iterate({ where: { name: undefined } }), { code: 'UNDEFINED_VALUE' })
  const rows = db.product.iterate()
  db.close()
  refusal(() => [...rows], { code: 'CLOSED' })
})
