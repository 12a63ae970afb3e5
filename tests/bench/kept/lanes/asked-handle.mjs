// As handle.mjs, but the page asks for each write and waits for the answer: what no database in a
// worker can be quicker than.
import { commitTimes } from '../measure.mjs'
import { asked, startWorker } from './asking.mjs'
import { bytesOfCommit, prepare } from './handle.mjs'

export { prepare }

export function open() {
  const worker = startWorker()
  const commits = async () => {
    await asked(worker, { bytes: bytesOfCommit() })
    return { values: await commitTimes((write) => asked(worker, { write })) }
  }
  return { graph: null, workloads: { 'one-row commit': commits } }
}
