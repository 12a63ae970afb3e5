// The page of one lane that keeps its rows in the browser. The first page of a profile fills the
// storage, the next one measures.
import { open, prepare } from 'lane'
import { goods } from '../goods.mjs'

async function contextOf(size) {
  const data = new Uint8Array(await (await fetch('/goods.sqlite')).arrayBuffer())
  return { data, goods: goods(size), size }
}

window.bench = {
  async prepare({ size }) {
    await prepare?.(await contextOf(size))
  },
  // { workload: { checksum, values } } for those of `names` that the lane has.
  async run({ size, names }) {
    const { workloads } = await open(await contextOf(size))
    const results = {}
    for (const name of names) if (name in workloads) results[name] = await workloads[name]()
    return results
  },
  // Reads the whole graph, and keeps it as a program would.
  async hold({ size }) {
    const { graph } = await open(await contextOf(size))
    window.held = await graph()
  },
}
