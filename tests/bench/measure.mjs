// Runs the workloads of one open lane and times them; the same in Node and in a page. It decides
// nothing about what is measured, and compares nothing: run.mjs does.
import { checksum, walk } from './checksum.mjs'

// Enough for the compilers: V8 optimizes what runs often in the background, and has done so with
// all of a quick workload after half a second. Slow lanes are cut off by time, so that one does not
// hold up all.
const kWarmUps = 4
const kWarmUp_ms = { least: 500, most: 1_000 }
const kRuns = 15
const kRuns_ms = 2_000

// A lane that is asynchronous pays for its promises; one that is not pays for none.
// Dexie's promises are of its own class.
const isPromise = (result) => typeof result?.then === 'function'
const settled = async (result) => (isPromise(result) ? await result : result)

async function timed(work) {
  const start_ms = performance.now()
  let result = work()
  if (isPromise(result)) result = await result
  const walked = walk(result)
  return { time_ms: performance.now() - start_ms, walked, result }
}

async function checked(once) {
  const { time_ms, walked, result } = await once()
  return { time_ms, walked, sum: checksum(result) }
}

// The walk and the time of `once`, whose result is let go: kept until the next run is over, it
// would be copied then whenever garbage is collected.
async function passed(once) {
  const { time_ms, walked } = await once()
  return { time_ms, walked }
}

// Times `once`, a function that gives { time_ms, walked, result }. The first run is warm-up and the
// one whose result is checked thoroughly; that all others walked the same follows from their walk.
async function repeat(once) {
  const started_ms = performance.now()
  const { sum, walked, time_ms } = await checked(once)
  let spent_ms = time_ms
  const isCold = (runs) => runs < kWarmUps || performance.now() - started_ms < kWarmUp_ms.least
  for (let run = 1; isCold(run) && spent_ms < kWarmUp_ms.most; run++) {
    spent_ms += (await passed(once)).time_ms
  }
  const times_ms = []
  for (spent_ms = 0; times_ms.length < kRuns && spent_ms < kRuns_ms;) {
    const run = await passed(once)
    if (run.walked !== walked) throw new Error('two runs gave different rows')
    times_ms.push(run.time_ms)
    spent_ms += run.time_ms
  }
  return { checksum: sum, times_ms }
}

// A write starts on a database of its own each time; what is checked is all that it then holds.
function write(lane, { file, prepare, work }) {
  return async () => {
    const own = await settled(lane.fresh(file))
    const input = prepare ? await settled(prepare(own)) : undefined
    const { time_ms } = await timed(() => work(own, input))
    const result = await settled(lane.content(own))
    await settled(lane.close(own))
    return { time_ms, walked: walk(result), result }
  }
}

// { workload: { checksum, times_ms } or { absent: why } } for those of `names` that the lane has.
export async function measure(lane, names) {
  const results = {}
  for (const name of names) {
    const work = lane.workloads[name]
    try {
      if (work === undefined) continue
      else if (typeof work === 'string') results[name] = { absent: work }
      else if (typeof work === 'function') results[name] = await repeat(() => timed(work))
      else results[name] = await repeat(write(lane, work))
    } catch (error) {
      throw new Error(`${name}: ${error.message}`, { cause: error })
    }
  }
  return results
}

// The workload of a cold start in this mode.
export const coldName = (mode) => (mode === 'checked' ? 'cold start, file checked' : 'cold start')

// How long it takes from nothing to the first row: loading the lane's code and its module, opening
// the file, reading one product. With `context.checked` the file is looked through before its rows
// count, as one from anybody is; lanes that can do so say `checks`.
export async function coldStart(load, context) {
  const start_ms = performance.now()
  const { open, checks } = await load()
  if (context.checked && !checks) return { result: { absent: 'the file is not looked through' } }
  const lane = await open(context)
  const row = await settled(lane.first())
  const walked = walk(row)
  const time_ms = performance.now() - start_ms
  if (!(walked > 0)) throw new Error('the first row is empty')
  return { lane, result: { checksum: checksum(row), times_ms: [time_ms] } }
}
