// vitrine/sqljs/worker in a browser: sql.js's worker, for `new Worker(...)`. The build also makes a
// classic script of it, sqljs-worker.classic.js, for pages that serve the file themselves.
import initSqlJs from './sqljs.js'
import { answerMessage } from './sqljs/worker-protocol.js'
import type { WorkerMessage } from './sqljs/worker-protocol.js'

interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null
  postMessage(message: object, transfer: Transferable[]): void
}

const scope = globalThis as unknown as WorkerScope
const starting = initSqlJs()
scope.onmessage = ({ data }) =>
  void answerMessage(starting, data, (answer, transfer = []) => scope.postMessage(answer, transfer))
