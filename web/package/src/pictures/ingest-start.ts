// Starting the ingest worker. The address is written so that bundlers see it and bring the script
// along.
import { trustedUrl } from '../trusted-url.js'

/** The worker, or null where the browser or the page allows none. */
export function startIngestWorker(): Worker | null {
  try {
    return new Worker(trustedUrl(new URL('./ingest-worker.js', import.meta.url)), {
      type: 'module',
    })
  } catch {
    return null
  }
}
