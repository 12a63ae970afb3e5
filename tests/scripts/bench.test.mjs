// The bench's own judgement: what counts, what is compared with what, and what it refuses.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { checksum, walk } from '../bench/checksum.mjs'
import { edit, goods, inputs } from '../bench/goods.mjs'
import { measure } from '../bench/measure.mjs'
import { readOptions } from '../bench/options.mjs'
import { Samples, quantile } from '../bench/samples.mjs'
import { hasFaults, table } from '../bench/table.mjs'
import { lanes, workloads } from '../bench/workloads.mjs'

const kRows = 'rows of one table'

function samplesOf(times) {
  const samples = new Samples()
  for (const [lane, times_ms] of Object.entries(times)) {
    samples.add(lane, { [kRows]: { checksum: 7, times_ms } })
  }
  return samples
}

test('a checksum sees every value and name, and not the order of names', () => {
  const row = { id: 1, name: 'oak', category: { id: 2 }, symbol: null }
  assert.equal(checksum([row]), checksum([{ symbol: null, ...row }]))
  for (const other of [
    { ...row, id: 2 },
    { ...row, name: 'oaK' },
    { ...row, category: null },
    { ...row, symbol: 0 },
    { ...row, more: 1 },
  ]) {
    assert.notEqual(checksum([row]), checksum([other]), JSON.stringify(other))
  }
  assert.notEqual(checksum([row]), checksum([[row]]))
})

test('a checksum refuses what is no data', () => {
  assert.throws(() => checksum([undefined]), /a undefined is among the results/)
  assert.throws(() => checksum({ then: () => 1 }), /a function is among the results/)
})

test('the walk reads related rows too', () => {
  assert.equal(walk([{ id: 1 }]), 2)
  assert.equal(walk([{ id: 1, of: { id: 1 } }]), 6)
})

test('the goods are the same each time, and hold together', () => {
  const made = goods(200)
  assert.equal(checksum(made), checksum(goods(200)))
  assert.deepEqual(
    Object.values(made).map((rows) => rows.length),
    [50, 20, 200, 600],
  )
  assert.equal(new Set(made.product_item.map(({ name }) => name)).size, 600)
  assert.ok(made.product_item.every(({ product_id }) => product_id >= 1 && product_id <= 200))
  assert.ok(inputs(200).ids.every((id) => id >= 1 && id <= 200))
})

test('an edit changes a product and one item of it', () => {
  const product = { description: 'a', product_items: [{ description: 'b' }, { description: 'c' }] }
  edit(product)
  assert.deepEqual(product, {
    description: 'a, edited',
    product_items: [{ description: 'b' }, { description: 'c, edited' }],
  })
})

test('a workload that a lane has not is said to be absent, with the reason', async () => {
  const lane = { workloads: { [kRows]: 'no find() yet' } }
  const results = await measure(lane, [kRows, 'whole graph'])
  assert.deepEqual(results, { [kRows]: { absent: 'no find() yet' } })
})

test('runs that give different rows are refused', async () => {
  let run = 0
  const lane = { workloads: { [kRows]: () => [{ id: run++ }] } }
  await assert.rejects(measure(lane, [kRows]), /rows of one table: two runs gave different rows/)
})

test('a write is checked by all that its database then holds', async () => {
  const lane = {
    fresh: () => ({ rows: [] }),
    content: ({ rows }) => ({ rows }),
    close: () => {},
    workloads: { createMany: { work: ({ rows }) => rows.push(1) } },
  }
  const { createMany } = await measure(lane, ['createMany'])
  assert.equal(createMany.checksum, checksum({ rows: [1] }))
  assert.equal(createMany.times_ms.length, 15)
})

test('the best is the faster of hand-written sql.js and the ORMs, never another lane', () => {
  const samples = samplesOf({ vitrine: [4], sqljs: [10], kysely: [8], drizzle: [20], c: [1] })
  assert.equal(samples.reference(kRows, 'vitrine').name, 'kysely')
  assert.deepEqual(samples.targets(kRows), [
    { lane: 'vitrine', times: 'kysely', most: 0.45, ratio: 0.5, isReached: false },
  ])
})

test('a lane in Chromium is compared with sql.js in Chromium', () => {
  const samples = samplesOf({ 'chromium:vitrine': [4], 'chromium:sqljs': [10], sqljs: [1] })
  const [target] = samples.targets(kRows)
  assert.deepEqual([target.times, target.ratio, target.isReached], ['chromium:sqljs', 0.4, true])
})

test('a lane that keeps its rows is compared with the lane that its target names', () => {
  const samples = new Samples()
  const times = { 'kept:vitrine': [6], 'kept:handle': [5], 'kept:sahpool': [10], sqljs: [1] }
  for (const [lane, values] of Object.entries(times)) {
    samples.add(lane, { 'one-row commit': { values } })
  }
  assert.deepEqual(
    samples
      .targets('one-row commit')
      .map(({ times, ratio, isReached }) => [times, ratio, isReached]),
    [
      ['kept:handle', 1.2, true],
      ['kept:sahpool', 0.6, false],
    ],
  )
})

test('where the slow ones count, the value is one that few are above', () => {
  const samples = new Samples()
  const values = Array.from({ length: 101 }, (_, n) => n / 50)
  samples.add('kept:vitrine', { 'get, there and back': { values } })
  assert.equal(samples.result('get, there and back', 'kept:vitrine').middle, 1.9)
  const asked = workloads.filter(({ name }) => name === 'get, there and back')
  const text = table(samples, { workloads: asked, lanes })
  assert.match(text, /kept:vitrine has 1\.90 ms, at most 1\.5: MISSED/)
})

test('a lane with other rows has no time, and is a fault', () => {
  const samples = samplesOf({ sqljs: [10], vitrine: [1] })
  const asked = {
    workloads: workloads.filter(({ name }) => name === kRows),
    lanes: lanes.slice(0, 2),
  }
  assert.equal(hasFaults(samples, asked), false)
  samples.add('vitrine', { [kRows]: { checksum: 8, times_ms: [1] } })
  assert.match(samples.result(kRows, 'vitrine').why, /different rows/)
  assert.equal(hasFaults(samples, asked), true)
  assert.deepEqual(samples.targets(kRows), [])
})

test('the table shows losses, absences and failures', () => {
  const samples = samplesOf({ vitrine: [20], sqljs: [10] })
  samples.add('kysely', { [kRows]: { absent: 'no such thing' } })
  samples.fail('typeorm', [kRows], 'Error: no')
  const text = table(samples, { workloads: workloads.filter(({ name }) => name === kRows), lanes })
  assert.match(text, /vitrine takes 2\.00 of sqljs, at most 0\.45: MISSED/)
  assert.match(text, /kysely +no such thing/)
  assert.match(text, /typeorm +failed: Error: no/)
})

test('quantiles are values that were measured', () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2)
  assert.equal(quantile([3, 1, 2], 0), 1)
  assert.equal(quantile([5], 0.75), 5)
})

test('options choose, and unknown ones are refused with what there is', () => {
  const options = readOptions(['--size', '1000', '--lanes', 'vitrine,c', '--runs', '2'])
  assert.deepEqual(
    [options.size, options.runs, options.lanes.map(({ name }) => name)],
    [1000, 2, ['vitrine', 'c']],
  )
  const both = '10,000 get by id|whole graph'
  assert.equal(readOptions(['--workloads', both]).workloads.length, 2)
  assert.throws(() => readOptions(['--lanes', 'sqlite']), /names "sqlite". There are: vitrine/)
  assert.throws(() => readOptions(['--size', 'ten']), /--size is "ten"/)
  assert.throws(() => readOptions(['--fast']), /Unknown option/)
})
