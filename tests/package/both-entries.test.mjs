// What the entry `vitrine` takes and refuses as `vitrine/sync` does, though another thread runs it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLater } from './support/installed.mjs'
import { opened, refusal, rejection } from './support/shop.mjs'

async function openedLater(t) {
  const db = await openLater({ storage: 'memory' })
  t.after(() => db.close())
  return db
}

test('iterate refuses what find refuses, also where it would fetch nothing', async (t) => {
  const [db, later] = [await opened(t), await openedLater(t)]
  const refused = async (args, path, code = 'VALIDATION') => {
    refusal(() => db.uom.iterate(args), { code, path })
    await rejection(later.uom.iterate(args).next(), { code, path })
  }
  for (const limit of [-1, '2', null, NaN, Infinity]) await refused({ limit }, 'limit')
  for (const option of ['limit', 'offset', 'after']) {
    await refused({ [option]: undefined }, option, 'UNDEFINED_VALUE')
  }
  await refused({ limit: 0, where: { nme: 1 } }, 'where.nme')
  await refused({ select: [] }, 'select')
  assert.equal((await later.uom.iterate({ limit: 0 }).next()).done, true)
})

test('a BigInt is taken where a number is, as a key too', async (t) => {
  for (const db of [await opened(t), await openedLater(t)]) {
    await db.category.create({ name: 'Boots', description: '' })
    await db.product.create({ name: 'Boot', description: '', category: { connect: 1n } })
    assert.equal((await db.product.get(1n)).category_id, 1)
    assert.equal((await db.product.find({ where: { id: 1n }, limit: 2n })).length, 1)
    assert.equal((await db.product.iterate({ limit: 2n, offset: 0n }).next()).value.name, 'Boot')
    const search = { search: 'Boot', limit: 2n, offset: 0n }
    assert.equal((await db.product.iterate(search).next()).value.name, 'Boot')
    const big = 2n ** 62n
    assert.deepEqual(await db.sql`SELECT ${big} AS big, ${2n} AS two`, [{ big, two: 2 }])
    const products = [{ id: 1n, description: 'Lined' }]
    await db.category.save({ id: 1n, description: 'Warm', products })
    const saved = await db.category.get(1, { include: { products: true } })
    assert.deepEqual([saved.description, saved.products[0].description], ['Warm', 'Lined'])
  }
})

test('a BigInt beyond 64 bits is refused as what it is', async (t) => {
  for (const db of [await opened(t), await openedLater(t)]) {
    for (const big of [2n ** 63n, -(2n ** 63n) - 1n]) {
      const words = new RegExp(`is ${big}: use a number within 64 bits`)
      const refused = (path, work) =>
        rejection((async () => work())(), { code: 'RANGE', reason: 'invalid_value', path }, words)
      await refused('values[0]', () => db.sql`SELECT ${big}`)
      await refused('values[0]', () => db.transaction((tx) => tx.sql`SELECT ${big}`))
      await refused('where.id.in[1]', () => db.uom.find({ where: { id: { in: [1, big] } } }))
      await refused('key', () => db.uom.get(big))
      await refused('[0].id', () => db.uom.createMany([{ id: big, name: 'box' }]))
    }
  }
})

test('an argument that is undefined is not advised to be null', async (t) => {
  const code = 'UNDEFINED_VALUE'
  for (const db of [await opened(t), await openedLater(t)]) {
    const refused = (path, work) =>
      rejection((async () => work())(), { code, path }, /is undefined: give it a value\.$/)
    await refused('key', () => db.uom.get(undefined))
    await refused('key', () => db.uom.delete(undefined))
    await refused('', () => db.uom.create(undefined))
  }
})

test('a graph behind proxies, as frameworks have them, is saved', async (t) => {
  const get = (target, name) => reactive(target[name])
  const reactive = (value) =>
    value !== null && typeof value === 'object' ? new Proxy(value, { get }) : value
  const shape = { include: { products: true } }
  for (const db of [await opened(t), await openedLater(t)]) {
    const graph = { name: 'Boots', description: '', products: [{ name: 'Boot', description: '' }] }
    const made = await db.category.save(reactive(graph), shape)
    made.products[0].name = 'Trail boot'
    const saved = await db.category.save(reactive(made), shape)
    assert.deepEqual([saved.id, saved.products[0].id, saved.products[0].name], [1, 1, 'Trail boot'])
  }
})

test('a graph that contains itself is refused, and what is no column of it', async (t) => {
  const ring = { name: 'Boots', description: '', products: [] }
  ring.products.push({ name: 'Boot', description: '', category: ring })
  const named = JSON.parse('{ "name": "Boots", "__proto__": { "description": "" } }')
  for (const db of [await opened(t), await openedLater(t)]) {
    const save = async (graph) => db.category.save(graph)
    await rejection(save(ring), { code: 'VALIDATION' }, /contains itself/)
    await rejection(save(named), { code: 'VALIDATION', path: '__proto__' })
  }
})

test('what is no shape of a saved row is named', async (t) => {
  const path = 'include.product_items'
  for (const db of [await opened(t), await openedLater(t)]) {
    const save = async () => db.uom.save({ name: 'box' }, { include: { product_items: () => 1 } })
    await rejection(save(), { code: 'VALIDATION', path })
  }
})

test('what JSON would change is refused with its reason', async (t) => {
  for (const db of [await opened(t), await openedLater(t)]) {
    const refused = async (work, reason, path) =>
      rejection((async () => work())(), { code: 'VALIDATION', reason, path })
    for (const text of ['half \ud83d', '\ude00 half']) {
      await refused(() => db.uom.create({ name: text }), 'encoding', 'name')
      await refused(() => db.uom.createMany([{ name: text }]), 'encoding', '[0].name')
      await refused(() => db.sql`SELECT ${text}`, 'encoding', 'values[0]')
    }
    for (const number of [NaN, Infinity, -Infinity]) {
      await refused(() => db.uom.find({ where: { id: number } }), 'not_a_number', 'where.id')
      await refused(() => db.product.createMany([{ id: number }]), 'not_a_number', '[0].id')
      await refused(() => db.sql`SELECT ${number}`, 'not_a_number', 'values[0]')
    }
  }
})

test('a closed catalog tells nobody of statements and commits, and says so', async (t) => {
  for (const db of [await opened(t), await openedLater(t)]) {
    await db.close()
    refusal(() => db.onQuery(() => 1), { code: 'CLOSED' })
    refusal(() => db.onChange(() => 1), { code: 'CLOSED' })
  }
})

test('a closed catalog names no backups and restores none', async (t) => {
  for (const db of [await opened(t), await openedLater(t)]) {
    await db.close()
    await rejection((async () => db.backups())(), { code: 'CLOSED' })
    await rejection((async () => db.restore('any'))(), { code: 'CLOSED' })
  }
})
