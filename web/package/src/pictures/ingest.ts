// Ingest: scaling pictures in a worker of its own, one after the other, so that a page stays smooth
// and one decoded picture is in memory at a time. Where there can be no worker, the page does it.
import { CatalogError } from '../errors.js'
import type { Failure } from '../errors.js'
import { checkAborted } from './failures.js'
import { scaleAll } from './scale.js'
import type { Ingested, Job } from './scale.js'
import { startIngestWorker } from './ingest-start.js'
import { kAddressAdvice } from './source.js'

/** What the worker answers. */
export type IngestReply = { readonly done: Ingested } | { readonly failed: Failure }

type Outcome = IngestReply | 'no worker' | 'aborted'

/** Pictures come one after another, and starting a worker takes as long as a small one. */
const kIdle_ms = 10_000

/** A file can be passed on to another thread unread. */
export const passesFiles = true

/** A page's paths are addresses too. */
export const addressAdvice = (): string => kAddressAdvice

let worker: Worker | null = null
let isWithout = false
let waiting = 0
let idle: ReturnType<typeof setTimeout> | undefined
let turn: Promise<unknown> = Promise.resolve()

function stop(): void {
  worker?.terminate()
  worker = null
}

function ask(running: Worker, job: Job, signal: AbortSignal | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome): void => {
      signal?.removeEventListener('abort', onAbort)
      // A picture half decoded is not waited for.
      if (typeof outcome === 'string') stop()
      resolve(outcome)
    }
    const onAbort = (): void => end('aborted')
    signal?.addEventListener('abort', onAbort)
    running.onmessage = ({ data }: MessageEvent<IngestReply>) => end(data)
    running.onerror = (event) => {
      event.preventDefault()
      end('no worker')
    }
    running.postMessage(job)
  })
}

async function run(job: Job, signal: AbortSignal | undefined): Promise<Ingested> {
  checkAborted(signal)
  if (!isWithout) worker ??= startIngestWorker()
  const outcome = worker === null ? 'no worker' : await ask(worker, job, signal)
  checkAborted(signal)
  if (typeof outcome !== 'string') {
    if ('failed' in outcome) throw new CatalogError(outcome.failed)
    return outcome.done
  }
  isWithout = true
  return scaleAll(job)
}

/** Scales a picture when its turn has come. Fails with IMAGE, or with ABORTED by `signal`. */
export async function ingest(job: Job, signal: AbortSignal | undefined): Promise<Ingested> {
  waiting++
  clearTimeout(idle)
  const mine = turn.then(() => run(job, signal))
  turn = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    if (--waiting === 0) idle = setTimeout(stop, kIdle_ms)
  }
}
