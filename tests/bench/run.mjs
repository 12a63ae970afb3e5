// `npm run bench`: measures every lane at every workload and prints one table. Lanes take turns,
// each time in a fresh process or page, so that what disturbs the machine disturbs all of them; a
// time counts only when the lane's rows are those of the others. The numbers are kept in results/.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { emittedBytes } from './bytes.mjs'
import { dataFiles } from './data-file.mjs'
import { readOptions } from './options.mjs'
import { openPlaces } from './places.mjs'
import { Samples } from './samples.mjs'
import { hasFaults, table } from './table.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

const kindsOf = {
  start: ['start', 'memory'],
  checked: ['checked'],
  work: ['read', 'write', 'calls', 'kept'],
}

// Lanes of a kind of their own, and the workloads that only those have.
const familyOf = (kind) => (['calls', 'kept'].includes(kind) ? kind : 'others')

// What one lane is asked for in one round: up to three processes, of which two measure cold starts,
// one of them of a file that is looked through.
function requests({ workloads }, lane) {
  const own = lane.calls === true ? 'calls' : familyOf(lane.place)
  const asked = workloads.filter(({ kind }) => familyOf(kind) === own)
  return Object.entries(kindsOf)
    .map(([mode, kinds]) => {
      const names = asked.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)
      return { mode, names }
    })
    .filter(({ names }) => names.length > 0)
}

async function runLane(places, lane, options, files, samples) {
  for (const request of requests(options, lane)) {
    try {
      const results = await places[lane.place]({ lane: lane.name, ...request, ...files })
      const asked = Object.entries(results).filter(([name]) => request.names.includes(name))
      samples.add(lane.name, Object.fromEntries(asked))
    } catch (error) {
      samples.fail(lane.name, request.names, error.message.trim().split('\n').slice(0, 3).join(' '))
    }
  }
}

// The lanes, beginning with another one each round.
function inTurn(lanes, round) {
  const start = round % lanes.length
  return [...lanes.slice(start), ...lanes.slice(0, start)]
}

async function measureAll(options, files, samples) {
  const places = await openPlaces(options.lanes, files)
  try {
    for (let round = 0; round < options.runs; round++) {
      for (const lane of inTurn(options.lanes, round)) {
        process.stderr.write(`round ${round + 1} of ${options.runs}: ${lane.name}\n`)
        await runLane(places, lane, options, { ...files, size: options.size }, samples)
      }
    }
  } finally {
    await places.close()
  }
}

async function keep(options, samples) {
  const date = new Date().toISOString()
  const folder = here('results')
  const names = { lanes: options.lanes.map(({ name }) => name), size: options.size }
  const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version }
  await mkdir(folder, { recursive: true })
  const path = `${folder}/${date.replace(/[:.]/g, '-')}.json`
  const text = JSON.stringify({ date, ...machine, ...names, runs: options.runs, samples }, null, 1)
  await writeFile(path, text)
}

const options = readOptions(process.argv.slice(2))
const files = await dataFiles(here('../../build/bench'), options.size)
const samples = new Samples()
if (options.workloads.some(({ kind }) => kind === 'bytes')) {
  for (const { name } of options.lanes) samples.add(name, await emittedBytes(name))
}
await measureAll(options, files, samples)
await keep(options, samples)
console.log(`${options.size} products, 3 items each, 50 categories, 20 units; ${process.version}`)
console.log(table(samples, options))
if (hasFaults(samples, options)) process.exitCode = 1
