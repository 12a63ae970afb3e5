// What a tab attached to a request as files, read before the request's turn to run: a write is done
// at once, and waits for nothing.
import type { AttachedBytes } from '../calls.js'
import { bytesOf } from '../pictures/source.js'
import type { Job } from './jobs.js'

/** A job that waits for no file. */
export type ReadJob = Job<AttachedBytes>

export function isRead(job: Job): job is ReadJob {
  const { operation } = job.request
  if (!('attached' in operation) || operation.attached === undefined) return true
  return operation.attached.every((one) => !(one instanceof Blob))
}

/** The same job with bytes in place of files. Fails with IMAGE when one cannot be read. */
export async function withBytes({ client, request }: Job): Promise<ReadJob> {
  const { operation } = request
  if (operation.do !== 'call' && operation.do !== 'look') {
    return { client, request: { ...request, operation } }
  }
  const attached = await Promise.all((operation.attached ?? []).map(bytesOf))
  return { client, request: { ...request, operation: { ...operation, attached } } }
}
