// Starting the worker in a browser. Its address is beside this script, in a form that bundlers
// know.
import { addressAdvice, found, installed } from './own-address.js'
import { workerAddress } from './worker-address.js'
import type { FromWorker, Port, ToWorker } from './worker/messages.js'

// In a script its address is not known; a service worker, and some tests, have no workers.
const kNoWorker = 'No worker starts here: bundle for modules, or use vitrine/sync.'

/** A worker, and the way to it. */
export function startWorker(): Port<ToWorker, FromWorker> {
  let address = ''
  const worker = found(() => {
    const url = installed(new URL('./worker.js', import.meta.url))
    address = url.href
    return new Worker(workerAddress(url), { type: 'module', name: 'vitrine' })
  }, kNoWorker)
  const port: Port<ToWorker, FromWorker> = {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onmessage: null,
    onfailure: null,
    close: () => worker.terminate(),
  }
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => port.onmessage?.(data)
  worker.onerror = (event) => {
    const what = event.message === undefined ? 'could not be loaded' : `failed: ${event.message}`
    const advice = addressAdvice(address)
    const message = `The catalog’s worker ${what}. It should be at ${address}.${advice}`
    port.onfailure?.({ code: 'WASM_LOAD', message })
  }
  return port
}
