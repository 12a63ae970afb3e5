// `npm run bench`: one table of lanes and workloads. Lanes take turns, each time in a fresh
// process; a time counts only when all lanes walked the same values. Times are the median and, as
// spread, the quartiles.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { dataFile } from './data-file.mjs'

const kProducts = 10_000
const kRounds = 5
const kLanes = ['vitrine', 'sqljs']
const kReference = 'sqljs'

const run = promisify(execFile)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

async function lane(name, path) {
  const { stdout } = await run(process.execPath, [here('lane.mjs'), name, path])
  return JSON.parse(stdout)
}

// { workload: { lane: { checksums, times_ms } } } over all rounds.
async function rounds(path) {
  const table = {}
  for (let round = 0; round < kRounds; round++) {
    for (const name of round % 2 === 0 ? kLanes : kLanes.toReversed()) {
      for (const [workload, { checksum, times_ms }] of Object.entries(await lane(name, path))) {
        const cell = ((table[workload] ??= {})[name] ??= { checksums: new Set(), times_ms: [] })
        cell.checksums.add(checksum)
        cell.times_ms.push(...times_ms)
      }
    }
  }
  return table
}

function quantile(times_ms, part) {
  const sorted = times_ms.toSorted((a, b) => a - b)
  return sorted[Math.round((sorted.length - 1) * part)]
}

function line(workload, cells) {
  const checksums = new Set(kLanes.flatMap((name) => [...cells[name].checksums]))
  if (checksums.size !== 1) {
    throw new Error(`${workload}: the lanes gave different rows (${[...checksums].join(', ')})`)
  }
  const reference_ms = quantile(cells[kReference].times_ms, 0.5)
  return kLanes.map((name) => {
    const [low, middle, high] = [0.25, 0.5, 0.75].map((part) =>
      quantile(cells[name].times_ms, part),
    )
    const ratio = (middle / reference_ms).toFixed(2)
    return [
      workload.padEnd(20),
      name.padEnd(10),
      `${middle.toFixed(1)} ms`.padStart(10),
      `${low.toFixed(1)} - ${high.toFixed(1)}`.padStart(16),
      ratio.padStart(8),
    ].join('')
  })
}

const path = await dataFile(here('../../build/bench'), kProducts)
const table = await rounds(path)
console.log(`${kProducts} products with 3 items each, 50 categories; Node ${process.version}`)
console.log('workload            lane          median       quartiles   times sql.js')
for (const [workload, cells] of Object.entries(table)) console.log(line(workload, cells).join('\n'))
