// Where lanes run: a Node process, a native program, or a page in Chromium; a fresh one each time.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openChromium } from './chromium.mjs'
import { openKept } from './kept/chromium.mjs'

const run = promisify(execFile)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const program = here('../../build/bench-native/vitrine_bench')

// Far above what the slowest lane takes at 100,000 products: it only ends one that hangs.
const kTimeout_ms = 30 * 60 * 1000

async function output(command, args) {
  try {
    const { stdout } = await run(command, args, { timeout: kTimeout_ms, killSignal: 'SIGKILL' })
    return JSON.parse(stdout)
  } catch (error) {
    // Node shows where it threw before it says what.
    const words = /^\w*Error: .*$/m.exec(error.stderr ?? '')
    throw new Error(words?.[0] ?? (error.stderr || error.message), { cause: error })
  }
}

const inNode = (request) => output(process.execPath, [here('lane.mjs'), JSON.stringify(request)])

const natively = ({ lane, mode, size, file, empty, names }) =>
  output(program, [lane, mode, String(size), file, empty, ...names])

// { node, native, chromium, kept, close }: each of the four takes { lane, mode, names, size, file,
// empty } and gives { workload: { checksum, times_ms } or { absent } }; it throws what the lane
// could not do. The browser is started when a lane needs it.
export async function openPlaces(lanes, files) {
  const namesAt = (wanted) => lanes.filter(({ place }) => place === wanted).map(({ name }) => name)
  const inPage = namesAt('chromium')
  const kept = namesAt('kept')
  const chromium = inPage.length > 0 ? await openChromium(inPage, files) : null
  return {
    node: inNode,
    native: natively,
    chromium: (request) => chromium.run(request),
    kept: kept.length > 0 ? await openKept(kept, files) : null,
    close: () => chromium?.close(),
  }
}
