// The official build of SQLite with its pool of sync access handles, as it comes: a journal that is
// deleted, synchronous FULL. It is measured in the worker, without the way there and back.
import { asked, startWorker } from './asking.mjs'

export async function prepare({ data }) {
  const worker = startWorker()
  await asked(worker, { data })
  worker.terminate()
}

export function open() {
  const worker = startWorker()
  const workloads = { 'one-row commit': async () => ({ values: await asked(worker, {}) }) }
  return { graph: null, workloads }
}
