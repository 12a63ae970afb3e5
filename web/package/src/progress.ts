// What a call that takes long tells of how far it is.
import { CatalogError } from './errors.js'
import type { Options } from './options.js'
import { quietly } from './watchers.js'

/** Hears how much is done, from 0 to 1. */
export type Progress = (part: number) => void

/** The option onProgress; one that does nothing when it was not given. */
export function progressOf({ onProgress = () => undefined }: Options): Progress {
  if (typeof onProgress === 'function') return (part) => quietly(onProgress as Progress, part)
  const message = 'onProgress must be a function.'
  throw new CatalogError({ code: 'VALIDATION', path: 'onProgress', message })
}
