// vitrine/sqljs/worker in Node: sql.js's worker, for worker_threads.
import { parentPort } from 'node:worker_threads'
import initSqlJs from './sqljs.js'
import { answerMessage } from './sqljs/worker-protocol.js'
import type { WorkerMessage } from './sqljs/worker-protocol.js'

const starting = initSqlJs()
parentPort?.on('message', (message: WorkerMessage) => {
  void answerMessage(starting, message, (answer, transfer) =>
    parentPort?.postMessage(answer, transfer),
  )
})
