// The worker of a catalog, as a browser runs it. The package's build makes one file of it, so that
// any bundler can pass it on as it is.
import { Solo } from './solo.js'
import { keepInMemory } from './start.js'
import type { FromWorker, ToWorker } from './messages.js'

const post = (message: FromWorker, transfer: readonly ArrayBuffer[]): void =>
  self.postMessage(message, { transfer: [...transfer] })

const solo = new Solo(post)

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if ('open' in data) void solo.open('memory', () => keepInMemory(data.open))
  else solo.receive(data)
}
