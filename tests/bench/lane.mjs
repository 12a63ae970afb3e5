// One lane in a process of its own: runs each workload, warm, and prints the times and a checksum
// of every property as JSON. Arguments: the lane, the data file.
import { readFile } from 'node:fs/promises'

const kWarmUps = 5
const kRuns = 7

// A number that depends on every property of every row, related rows included.
function walk(value) {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return value.length + value.charCodeAt(0)
  if (value === null) return 1
  let sum = 0
  if (Array.isArray(value)) {
    for (const row of value) sum += walk(row)
    return sum
  }
  for (const name in value) sum += walk(value[name]) * name.length
  return sum
}

function measure(work) {
  const times_ms = []
  let checksum = 0
  for (let run = 0; run < kWarmUps + kRuns; run++) {
    const start_ms = performance.now()
    checksum = walk(work())
    if (run >= kWarmUps) times_ms.push(performance.now() - start_ms)
  }
  return { checksum, times_ms }
}

const [, , lane, path] = process.argv
const { open } = await import(`./lanes/${lane}.mjs`)
const workloads = await open(new Uint8Array(await readFile(path)))
const results = Object.entries(workloads).map(([name, work]) => [name, measure(work)])
console.log(JSON.stringify(Object.fromEntries(results)))
