// Starting the ingest worker. The address is written so that bundlers see it and bring the script
// along.
import { installed } from '../own-address.js'
import { trustedUrl } from '../trusted-url.js'

/** The worker, or null where the browser or the page allows none. */
export function startIngestWorker(): Worker | null {
  try {
    const address = installed(new URL('./ingest-worker.js', import.meta.url))
    return new Worker(trustedUrl(address), { type: 'module' })
  } catch {
    return null
  }
}
