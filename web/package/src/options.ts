// The options of a call: an object with known names, and nothing else.
import { CatalogError } from './errors.js'

export type Options = Readonly<Record<string, unknown>>

/** What a call has that was given no options. */
export const kNoOptions: Options = /* @__PURE__ */ Object.freeze({})

/** `value` as options of the call `name`. Fails with VALIDATION when it is none, or has others. */
export function options(value: unknown, name: string, known: readonly string[]): Options {
  if (value === undefined) return kNoOptions
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const message = `${name} must be an object such as { ${known[0]}: … }.`
    throw new CatalogError({ code: 'VALIDATION', message })
  }
  for (const option of Object.keys(value)) {
    if (known.includes(option)) continue
    const message = `${name} has no option ${option}; there are ${known.join(', ')}.`
    throw new CatalogError({ code: 'VALIDATION', path: option, message })
  }
  return value as Options
}

/** The option `name` as true or false, false when it was not given. */
export function flag(given: Options, name: string): boolean {
  const { [name]: value = false } = given
  if (typeof value === 'boolean') return value
  const message = `${name} must be true or false.`
  throw new CatalogError({ code: 'VALIDATION', path: name, message })
}
