// Starting the worker in a browser. Its address is beside this script, in a form that bundlers
// know; where the page asks for Trusted Types, it goes through the policy `vitrine`.
import type { FromWorker, Port, ToWorker } from './worker/messages.js'

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): URL }
}

let policy: ReturnType<Policies['createPolicy']> | null | undefined

function trusted(address: URL): URL {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  policy ??= trustedTypes?.createPolicy('vitrine', { createScriptURL: (url) => url }) ?? null
  return policy?.createScriptURL(address.href) ?? address
}

/** A worker, and the way to it. */
export function startWorker(): Port<ToWorker, FromWorker> {
  const address = new URL('./worker.js', import.meta.url)
  const worker = new Worker(trusted(address), { type: 'module', name: 'vitrine' })
  const port: Port<ToWorker, FromWorker> = {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onmessage: null,
    onfailure: null,
    close: () => worker.terminate(),
  }
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => port.onmessage?.(data)
  worker.onerror = (event) => {
    const what = event.message === undefined ? 'could not be loaded' : `failed: ${event.message}`
    const message = `The catalog’s worker ${what}. It should be at ${address.href}.`
    port.onfailure?.({ code: 'WASM_LOAD', message })
  }
  return port
}
