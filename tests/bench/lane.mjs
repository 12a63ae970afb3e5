// One lane in a process of its own. Its argument is JSON: { lane, mode, size, file, empty, names };
// mode 'start' measures a cold start and then memory, mode 'checked' one of a file that is looked
// through, mode 'work' the workloads named. Prints JSON.
import { readFile } from 'node:fs/promises'
import { edit, goods, inputs } from './goods.mjs'
import { coldName, coldStart, measure } from './measure.mjs'

const { lane: name, mode, size, file, empty, names } = JSON.parse(process.argv[2])
const context = {
  data: new Uint8Array(await readFile(file)),
  empty: new Uint8Array(await readFile(empty)),
  inputs: inputs(size),
  edit,
  checked: mode === 'checked',
  goods: mode === 'work' && names.includes('createMany') ? goods(size) : null,
}
const { lane, result } = await coldStart(() => import(`./lanes/${name}.mjs`), context)
const results = mode === 'work' ? await measure(lane, names) : { [coldName(mode)]: result }
if (mode === 'start') {
  // The graph is kept until the peak is read, as a program would keep it.
  const graph = await lane.workloads['whole graph']()
  const peak_mb = process.resourceUsage().maxRSS / 1024
  results['peak memory'] = { checksum: graph.length, values: [peak_mb] }
}
console.log(JSON.stringify(results))
// TypeORM leaves a timer behind.
process.exit(0)
