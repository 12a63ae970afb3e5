// The ingest worker: one job in, its thumbnails or a failure out.
import { CatalogError } from '../errors.js'
import type { IngestReply } from './ingest.js'
import { scaleAll } from './scale.js'
import type { Job } from './scale.js'

async function reply(job: Job): Promise<IngestReply> {
  try {
    return { done: await scaleAll(job) }
  } catch (error) {
    const { code, reason, message } = error as CatalogError
    const isOurs = error instanceof CatalogError
    return { failed: isOurs ? { code, reason, message } : { code: 'IMAGE', message } }
  }
}

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  void reply(data).then((answer) => {
    const moved = 'done' in answer ? answer.done.thumbnails.map(({ bytes }) => bytes.buffer) : []
    postMessage(answer, { transfer: moved })
  })
})
