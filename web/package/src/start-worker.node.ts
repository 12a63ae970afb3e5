// In Node the catalog runs in this thread, behind the same messages: a server has no page to keep
// smooth, and a call then costs no way to another thread.
import type { FromWorker, Opening, Port, ToWorker } from './worker/messages.js'
import { Solo } from './worker/solo.js'
import { keepInFile } from './worker/keep-file.js'
import { keepInMemory } from './worker/start.js'

/** The catalog, and the way to it. */
export function startWorker(): Port<ToWorker, FromWorker> {
  const solo = new Solo((message) => queueMicrotask(() => port.onmessage?.(message)))
  const port: Port<ToWorker, FromWorker> = {
    post: (message) => {
      // The URL of a file has no clone.
      const copy = 'open' in message ? message : structuredClone(message)
      queueMicrotask(() => {
        if ('open' in copy) open(solo, copy.open)
        else solo.receive(copy)
      })
    },
    onmessage: null,
    onfailure: null,
    close: () => undefined,
  }
  return port
}

function open(solo: Solo, opening: Opening): void {
  const { file } = opening
  if (file === undefined) void solo.open('memory', () => keepInMemory(opening))
  else void solo.open('file', () => keepInFile(opening, file))
}
