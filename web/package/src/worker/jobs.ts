// Jobs: the requests that wait for their turn, in the order in which they came. None waits for
// ever.
import type { Attached } from '../calls.js'
import type { Client } from './client.js'
import type { Request } from './messages.js'

/** Longer than a transaction may idle, so that one that hangs is ended first. */
const kWait_ms = 30_000

export interface Job<A = Attached> {
  readonly client: Client
  readonly request: Request<A>
}

interface Waiting {
  readonly job: Job
  readonly timer: ReturnType<typeof setTimeout>
}

export class Jobs {
  readonly #late: (job: Job) => void
  #waiting: Waiting[] = []

  /** `late` is told of a job whose turn did not come in time. */
  constructor(late: (job: Job) => void) {
    this.#late = late
  }

  add(job: Job): void {
    const timer = setTimeout(() => {
      this.remove((one) => one === job)
      this.#late(job)
    }, kWait_ms)
    this.#waiting.push({ job, timer })
  }

  /** The first that may run, taken out. */
  take(isRunnable: (job: Job) => boolean): Job | undefined {
    const found = this.#waiting.find(({ job }) => isRunnable(job))
    if (found !== undefined) this.remove((job) => job === found.job)
    return found?.job
  }

  remove(isMeant: (job: Job) => boolean): void {
    this.#waiting = this.#waiting.filter(({ job, timer }) => {
      if (!isMeant(job)) return true
      clearTimeout(timer)
      return false
    })
  }
}
