// No database at all: as many bytes as a commit of Vitrine writes, written to a file and flushed.
// It is measured in the worker, without the way there and back.
import { openCatalog } from 'vitrine'
import { countsOf } from '../counts.mjs'
import { asked, startWorker } from './asking.mjs'

const kBytes = 'bytes'

export async function prepare({ data }) {
  const db = await openCatalog({ name: 'goods', storage: 'opfs' })
  await db.replaceWith(data)
  const commit = (n) => db.category.create({ name: `New ${n}`, description: 'Just made' })
  localStorage.setItem(kBytes, String((await countsOf(commit)).bytes))
  await db.close()
}

export const bytesOfCommit = () => Math.round(Number(localStorage.getItem(kBytes)))

export function open() {
  const worker = startWorker()
  const bytes = bytesOfCommit()
  const workloads = { 'one-row commit': async () => ({ values: await asked(worker, { bytes }) }) }
  return { graph: null, workloads }
}
