// What a tab attached to a request as files, read before the request's turn to run: a write is done
// at once, and waits for nothing.
import { bytesOf } from '../pictures/source.js'
import type { Content } from '../pictures/source.js'
import type { Job } from './jobs.js'

/** Whether something is to be read. */
export function hasFiles({ request: { operation } }: Job): boolean {
  return 'attached' in operation && operation.attached?.some((one) => one instanceof Blob) === true
}

/** The same job with bytes in place of files. Fails with IMAGE when one cannot be read. */
export async function withBytes({ client, request }: Job): Promise<Job> {
  const { operation } = request
  if (!('attached' in operation)) return { client, request }
  const attached = await Promise.all((operation.attached as readonly Content[]).map(bytesOf))
  return { client, request: { ...request, operation: { ...operation, attached } } }
}
