// The functions that calls of a catalog are given: a call that takes one takes nothing else.
import { CatalogError } from './errors.js'

const kDoes = {
  transaction: 'does the work',
  onQuery: 'is told of each statement',
  onChange: 'is told what each commit changed',
  subscribe: 'is told the rows',
}

/** `value` as the function that `call` takes. Fails with VALIDATION when it is none. */
export function givenFunction<F>(value: unknown, call: keyof typeof kDoes): F {
  if (typeof value === 'function') return value as F
  const message = `${call}() takes the function that ${kDoes[call]}.`
  throw new CatalogError({ code: 'VALIDATION', message })
}
