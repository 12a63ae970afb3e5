// Transactions: kept or taken back as a whole, nested as savepoints, never asynchronous.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opened, refusal, sizes } from './support/shop.mjs'

const unit = (db, name) => db.uom.create({ name })
const names = (db) => db.uom.find().map((row) => row.name)

test('a transaction gives what its function returns, and keeps its work', async (t) => {
  const db = await opened(t)
  const row = db.transaction((tx) => unit(tx, 'kg'))
  assert.deepEqual([row.name, names(db)], ['kg', ['kg']])
})

test('what is thrown comes out as it is, and the work is taken back', async (t) => {
  const db = await opened(t)
  const error = new Error('no')
  const work = (tx) => {
    unit(tx, 'kg')
    assert.equal(tx.uom.count(), 1)
    throw error
  }
  assert.throws(
    () => db.transaction(work),
    (thrown) => thrown === error,
  )
  assert.deepEqual(names(db), [])
})

test('an inner transaction that fails takes back its own work only', async (t) => {
  const db = await opened(t)
  db.transaction((tx) => {
    unit(tx, 'kg')
    assert.throws(() =>
      tx.transaction((inner) => {
        unit(inner, 'loaf')
        inner.transaction((innermost) => unit(innermost, 'pair'))
        throw new Error('no')
      }),
    )
    unit(tx, 'box')
  })
  assert.deepEqual(names(db), ['kg', 'box'])
})

test('an outer transaction that fails takes back what inner ones kept', async (t) => {
  const db = await opened(t)
  const work = () => {
    db.transaction(() => unit(db, 'kg'))
    throw new Error('no')
  }
  assert.throws(() => db.transaction(work))
  assert.deepEqual(names(db), [])
})

test('while an inner transaction is open, the handle of the outer one is refused', async (t) => {
  const db = await opened(t)
  const rests = { code: 'STATE', reason: 'inner_transaction' }
  db.transaction((tx) => {
    tx.transaction((inner) => {
      refusal(() => unit(tx, 'kg'), rests, /use its own handle/)
      refusal(() => tx.transaction(() => 1), rests)
      refusal(() => tx.sql`SELECT 1`, rests)
      inner.transaction((innermost) => unit(innermost, 'loaf'))
      unit(inner, 'pair')
    })
    unit(tx, 'box')
  })
  assert.deepEqual(names(db), ['loaf', 'pair', 'box'])
})

test('the pictures of its handles follow: what writes is refused, and what reads', async (t) => {
  const db = await opened(t)
  const refused = (image, reason) => {
    const calls = [() => image.alt(1, 'A boot'), () => image.remove(1), () => image.original(1)]
    for (const call of calls) refusal(call, { code: 'STATE', reason })
  }
  const late = db.transaction((tx) => {
    const image = tx.product.attachment('image')
    tx.transaction(() => refused(image, 'inner_transaction'))
    return image
  })
  refused(late, '')
})

test('a call that fails inside a transaction leaves the rest of it as it was', async (t) => {
  const db = await opened(t)
  db.transaction((tx) => {
    unit(tx, 'kg')
    refusal(() => unit(tx, 'kg'), { code: 'UNIQUE', model: 'UOM', fields: ['name'] })
    unit(tx, 'box')
  })
  assert.deepEqual(names(db), ['kg', 'box'])
})

test('an async function is refused, and its work taken back, then and later', async (t) => {
  const db = await opened(t)
  let late
  const finished = new Promise((resolve) => {
    const work = async (tx) => {
      unit(tx, 'kg')
      await null
      late = refusal(() => unit(tx, 'loaf'), { code: 'STATE' })
      resolve()
    }
    refusal(() => db.transaction(work), { code: 'ASYNC_TRANSACTION' })
  })
  assert.deepEqual(names(db), [])
  await finished
  assert.ok(late)
  assert.deepEqual(names(db), [])
})

test('a transaction that has ended refuses every call', async (t) => {
  const db = await opened(t)
  const ended = db.transaction((tx) => tx)
  refusal(() => ended.uom.find(), { code: 'STATE' })
  refusal(() => ended.uom.count(), { code: 'STATE' })
  refusal(() => ended.uom.save({ name: 'x' }), { code: 'STATE' })
  refusal(() => ended.uom.createMany([{ name: 'x' }]), { code: 'STATE' })
  refusal(() => ended.uom.deleteMany({ where: {} }), { code: 'STATE' })
  refusal(() => ended.sql`DELETE FROM uom`, { code: 'STATE' })
  refusal(() => ended.transaction(() => 1), { code: 'STATE' })
})

test('inside a transaction the catalog is neither exported nor closed', async (t) => {
  const db = await opened(t)
  db.transaction((tx) => {
    unit(tx, 'kg')
    refusal(() => db.export(), { code: 'BUSY' })
    refusal(() => db.close(), { code: 'STATE' })
  })
  assert.deepEqual(names(db), ['kg'])
})

test('a function that SQL calls closes nothing, and SQL ends its transaction first', async (t) => {
  const db = await opened(t)
  const codes = []
  db.raw.create_function('close_all', () => {
    codes.push(refusal(() => db.close(), { code: 'STATE' }).code)
    assert.throws(() => db.raw.close(), /function/)
    return 1
  })
  assert.deepEqual(db.raw.exec('SELECT close_all()')[0].values, [[1]])
  assert.deepEqual(codes, ['STATE'])
  db.raw.run('BEGIN')
  unit(db, 'kg')
  refusal(() => db.close(), { code: 'STATE' })
  db.raw.run('COMMIT')
  assert.deepEqual(names(db), ['kg'])
})

test('transactions do not nest without end', async (t) => {
  const db = await opened(t)
  const before = sizes(db)
  const dig = (tx) => {
    unit(tx, `unit ${tx.uom.count()}`)
    tx.transaction(dig)
  }
  refusal(() => db.transaction(dig), { code: 'STATE' })
  assert.deepEqual(sizes(db), before)
})

test('transaction takes a function', async (t) => {
  const db = await opened(t)
  refusal(() => db.transaction({}), { code: 'VALIDATION' })
})
