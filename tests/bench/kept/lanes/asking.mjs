// A worker that does one thing at a time, and the page's end of it: what is posted is answered.
export const startWorker = () => new Worker('/own-worker.js', { type: 'module' })

// In the page: what the worker answers to `request`.
export function asked(worker, request) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: { answer, error } }) =>
      error === undefined ? resolve(answer) : reject(new Error(error))
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(request)
  })
}

// In the worker: answers each request with what `answer` gives.
export function answering(answer) {
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage({ answer: await answer(data) })
    } catch (error) {
      self.postMessage({ error: `${error.name}: ${error.message}` })
    }
  }
}
