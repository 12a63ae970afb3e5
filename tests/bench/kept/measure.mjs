// Times of calls that are answered with promises, in a page or in a worker; and how long a page
// could do nothing else meanwhile.
import { checksum, walk } from '../checksum.mjs'

// What is below this passes between two messages even when nothing holds them up.
const kPassing_ms = 1

// What `measure` gives in `count` runs of it, after `warmUps` runs that do not count; it is given
// the number of its run.
export async function measured(count, warmUps, measure) {
  const values = []
  for (let run = -warmUps; run < count; run++) {
    const value = await measure(run + warmUps)
    if (run >= 0) values.push(value)
  }
  return values
}

// The times that as many runs of `work` take.
export function times(count, warmUps, work) {
  return measured(count, warmUps, async (run) => {
    const start_ms = performance.now()
    await work(run)
    return performance.now() - start_ms
  })
}

// A page's clock goes in steps of 0.1 ms, which is a commit's half: ten are timed at once.
const kAtOnce = 10

// The times of commits, all lanes' alike: after about a second of them. `commit` is given the
// number of its run.
export async function commitTimes(commit) {
  let run = 0
  const several = async () => {
    for (let i = 0; i < kAtOnce; i++) await commit(run++)
  }
  return (await times(30, 100, several)).map((time_ms) => time_ms / kAtOnce)
}

// Rows that are read again and again: { checksum, values }, the walk over all of them included.
export async function reads(count, warmUps, read) {
  const first = await read()
  const expected = walk(first)
  const values = await times(count, warmUps, async () => {
    if (walk(await read()) !== expected) throw new Error('two runs gave different rows')
  })
  return { checksum: checksum(first), values }
}

const message = (port) => new Promise((resolve) => (port.onmessage = resolve))

// Which part of the time that `work` takes the page could not answer to a message in.
export async function partHeldUp(work) {
  const { port1, port2 } = new MessageChannel()
  const start_ms = performance.now()
  let held_ms = 0
  let end_ms = 0
  let last_ms = start_ms
  const ended = work().then(() => (end_ms = performance.now()))
  while (end_ms === 0 || last_ms < end_ms) {
    port2.postMessage(null)
    await message(port1)
    const now_ms = performance.now()
    if (now_ms - last_ms > kPassing_ms) held_ms += now_ms - last_ms
    last_ms = now_ms
  }
  await ended
  port1.close()
  return Math.min(1, held_ms / (end_ms - start_ms))
}

// The longest time in which the page could not answer to a message while `work` was done.
export async function longestTask(work) {
  const { port1, port2 } = new MessageChannel()
  let [longest_ms, end_ms, last_ms] = [0, 0, performance.now()]
  const ended = work().then(() => (end_ms = performance.now()))
  while (end_ms === 0) {
    port2.postMessage(null)
    await message(port1)
    const now_ms = performance.now()
    longest_ms = Math.max(longest_ms, now_ms - last_ms)
    last_ms = now_ms
  }
  await ended
  port1.close()
  return longest_ms
}
