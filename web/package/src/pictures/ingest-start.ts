// Starting the ingest worker. The address is written so that bundlers see it and bring the script
// along.
import { installed } from '../own-address.js'
import { workerAddress } from '../worker-address.js'

/** The worker, or null where the browser or the page allows none. */
export function startIngestWorker(): Worker | null {
  try {
    const address = installed(new URL('./ingest-worker.js', import.meta.url))
    return new Worker(workerAddress(address), { type: 'module' })
  } catch {
    return null
  }
}
