// Vitrine as a site uses it: the entry `vitrine`, in a worker, in the browser's files.
import { openCatalog } from 'vitrine'
import { countsOf } from '../counts.mjs'
import { commitTimes, partHeldUp, reads, times } from '../measure.mjs'

const graph = { category: true, product_items: { include: { uom: true } } }
const kLargeRows = 12_500
const kLargeText = 8_000
const kBatch = 500

const named = (name) => openCatalog({ name, storage: 'opfs' })

// A catalog of 100 MB.
async function fillLarge() {
  const large = await named('large')
  const row = (n) => ({ name: `Row ${n}`, description: `${n} `.padEnd(kLargeText, 'x') })
  for (let start = 0; start < kLargeRows; start += kBatch) {
    await large.category.createMany(Array.from({ length: kBatch }, (_, n) => row(start + n)))
  }
  await large.close()
}

export async function prepare({ data }) {
  const db = await named('goods')
  await db.replaceWith(data)
  await db.close()
  const empty = await named('empty')
  await empty.category.create({ name: 'Row 0', description: '' })
  await empty.close()
  await fillLarge()
}

async function opening_ms(name) {
  const start_ms = performance.now()
  const db = await named(name)
  await db.category.get(1)
  const time_ms = performance.now() - start_ms
  await db.close()
  return time_ms
}

async function reopening(count) {
  const values = []
  await opening_ms('large')
  for (let run = 0; run < count; run++) {
    const empty_ms = await opening_ms('empty')
    values.push((await opening_ms('large')) - empty_ms)
  }
  return { values }
}

// From the end of a commit to the rows that a live query of all products has then.
async function toLiveRows(db, count) {
  let told
  const next = () => new Promise((resolve) => (told = resolve))
  let rows = next()
  const live = db.product.live({ orderBy: [{ id: 'asc' }] })
  const stop = live.subscribe((found) => told({ found, time_ms: performance.now() }))
  await rows
  const values = []
  for (let n = 0; n < count; n++) {
    rows = next()
    await db.product.update(n + 1, { description: 'Told' })
    const start_ms = performance.now()
    const { found, time_ms } = await rows
    if (found[n].description !== 'Told') throw new Error('a live query told old rows')
    values.push(time_ms - start_ms)
  }
  stop()
  return { values: values.slice(count / 10) }
}

async function undone(db, count) {
  const values = []
  for (let n = 0; n < count; n++) {
    await db.category.delete(2 * n + 1)
    const start_ms = performance.now()
    await db.undo()
    values.push(performance.now() - start_ms)
  }
  return { values }
}

export async function open() {
  const db = await named('goods')
  let last = 0
  const commit = () => db.category.create({ name: `New ${++last}`, description: 'Just made' })
  let counts
  const count = async (name) => ({ values: [(counts ??= await countsOf(commit))[name]] })
  const readGraph = () => db.product.find({ include: graph })
  const workloads = {
    'graph to the page': () => reads(7, 3, readGraph),
    'page held up': async () => {
      const values = []
      for (let run = 0; run < 7; run++) values.push(await partHeldUp(readGraph))
      return { values }
    },
    'get, there and back': () => readOne(db),
    'one-row commit': async () => ({ values: await commitTimes(commit) }),
    'flushes per commit': () => count('flushes'),
    'writes per commit': () => count('writes'),
    'bytes per commit': () => count('bytes'),
    'commit to live rows': () => toLiveRows(db, 100),
    'undo of 801 rows': () => undone(db, 10),
    'reopen 100 MB': () => reopening(10),
  }
  return { graph: readGraph, workloads }
}

async function readOne(db) {
  const values = await times(1_000, 200, (n) => db.product.get((n % 997) + 1))
  return { values }
}
