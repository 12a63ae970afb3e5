// Starting the worker in a browser. Its address is beside this script, in a form that bundlers
// know.
import { addressAdvice, besideScripts } from './own-address.js'
import { workerAddress } from './worker-address.js'
import type { FromWorker, Port, ToWorker } from './worker/messages.js'

const kNoAddress =
  'Where worker.js is cannot be told here: bundle for modules, or use vitrine/sync.'

/** A worker, and the way to it. */
export function startWorker(): Port<ToWorker, FromWorker> {
  const address = besideScripts(() => new URL('./worker.js', import.meta.url), kNoAddress)
  const worker = new Worker(workerAddress(address), { type: 'module', name: 'vitrine' })
  const port: Port<ToWorker, FromWorker> = {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onmessage: null,
    onfailure: null,
    close: () => worker.terminate(),
  }
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => port.onmessage?.(data)
  worker.onerror = (event) => {
    const what = event.message === undefined ? 'could not be loaded' : `failed: ${event.message}`
    const advice = addressAdvice(address.href)
    const message = `The catalog’s worker ${what}. It should be at ${address.href}.${advice}`
    port.onfailure?.({ code: 'WASM_LOAD', message })
  }
  return port
}
