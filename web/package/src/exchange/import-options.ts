// What every import may be told: only to say what would happen, to give up, to tell how far it is.
import { CatalogError } from '../errors.js'
import { flag, signalOf } from '../options.js'
import type { Options } from '../options.js'
import { progressOf } from '../progress.js'
import type { Progress } from '../progress.js'

export interface ImportOptions {
  /** Only say what would happen. */
  dryRun?: boolean
  /** Gives up between two rows: the import then fails with ABORTED, and has written nothing. */
  signal?: AbortSignal
  /** Hears how much is done, from 0 to 1, a hundred times at most. */
  onProgress?: (part: number) => void
}

export const kImportOptions = ['dryRun', 'signal', 'onProgress']

/** ImportOptions that were looked at. */
export interface Ways {
  readonly dryRun: boolean
  readonly progress: Progress
  /** Fails with ABORTED when the import is to be given up. */
  readonly check: () => void
}

/** Fails with VALIDATION where `given` has something else. */
export function waysOf(given: Options): Ways {
  const signal = signalOf(given)
  const check = (): void => {
    if (signal?.aborted !== true) return
    const message = 'The import was given up, as its signal asked: nothing was imported.'
    throw new CatalogError({ code: 'ABORTED', message, cause: signal.reason })
  }
  return { dryRun: flag(given, 'dryRun'), progress: progressOf(given), check }
}

/** Tells `progress` that `done` of `total` are done, whenever that is another hundredth. */
export function inHundredths(progress: Progress, total: number): (done: number) => void {
  let told = 0
  return (done) => {
    const hundredths = Math.floor((100 * done) / total)
    if (hundredths === told) return
    told = hundredths
    progress(done / total)
  }
}
