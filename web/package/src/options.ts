// The options of a call: an object with known names, and nothing else.
import { CatalogError } from './errors.js'
import { isPlain } from './values/outgoing.js'

export type Options = Readonly<Record<string, unknown>>

/** What a call has that was given no options. */
export const kNoOptions: Options = /* @__PURE__ */ Object.freeze({})

/** `value` as options of the call `name`. Fails with VALIDATION when it is none, or has others. */
export function options(value: unknown, name: string, known: readonly string[]): Options {
  if (value === undefined) return kNoOptions
  if (value === null || typeof value !== 'object' || !isPlain(value)) {
    const message = `The options of ${name} must be an object such as { ${known[0]}: … }.`
    throw new CatalogError({ code: 'VALIDATION', message })
  }
  for (const option of Object.keys(value)) {
    if (known.includes(option)) continue
    const message = `${name} has no option ${option}; the options are ${known.join(', ')}.`
    throw new CatalogError({ code: 'VALIDATION', path: option, message })
  }
  return value as Options
}

/** Refuses an option that is there without a value. */
export function refuseUndefined(path: string): never {
  const message = `The option ${path} is undefined: leave it out, or give it a value.`
  throw new CatalogError({ code: 'UNDEFINED_VALUE', path, message })
}

/** As options(), but none of them may be there without a value. */
export function givenOptions(value: unknown, name: string, known: readonly string[]): Options {
  const given = options(value, name, known)
  for (const [path, one] of Object.entries(given)) {
    if (one === undefined) refuseUndefined(path)
  }
  return given
}

/** The option `name` as true or false, false when it was not given. */
export function flag(given: Options, name: string): boolean {
  if (!(name in given)) return false
  const { [name]: value } = given
  if (typeof value === 'boolean') return value
  if (value === undefined) refuseUndefined(name)
  const message = `${name} must be true or false.`
  throw new CatalogError({ code: 'VALIDATION', path: name, message })
}

/** The option signal; null when it was not given. */
export function signalOf(given: object): AbortSignal | null {
  if (!('signal' in given)) return null
  const { signal } = given
  if (signal === undefined) refuseUndefined('signal')
  if (signal instanceof AbortSignal) return signal
  const message = 'The option signal must be an AbortSignal.'
  throw new CatalogError({ code: 'VALIDATION', path: 'signal', message })
}
