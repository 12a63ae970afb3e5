// What goes out to the module as JSON: every value is looked at once, so that what JSON would
// silently change (undefined, NaN, lone surrogates) is refused with its path, and bytes, dates and
// large whole numbers are written as docs/packets.md and the reader of requests expect them.
import { CatalogError } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { toBase64 } from './base64.js'
import { bytesIn, classOf } from './bytes.js'

/** Deeper nesting is a cycle, or a mistake; the module refuses requests long before. */
const kMaxDepth = 64

// Where a value stands; made for containers only, and read only when something is refused.
interface Place {
  readonly parent: Place | null
  readonly key: string | number
}

function pathOf(place: Place | null): string {
  if (place === null) return ''
  const before = pathOf(place.parent)
  if (typeof place.key === 'number') return `${before}[${place.key}]`
  return before === '' ? place.key : `${before}.${place.key}`
}

function refuse(code: ErrorCode, place: Place | null, what: string, reason = ''): never {
  const path = pathOf(place)
  const message = `${path || 'The argument'} ${what}`
  throw new CatalogError({ code, path, reason, message })
}

/** Whether it is an object literal, or like one. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return true
  // An object of another realm (a frame, a vm context) is as plain.
  return Object.getPrototypeOf(prototype) === null
}

const kLoneSurrogate = /\p{Surrogate}/u

// Newer engines know it, and for most strings without looking at them.
type WellFormed = string & { readonly isWellFormed?: () => boolean }
export function isWellFormed(text: WellFormed): boolean {
  return text.isWellFormed?.() ?? !kLoneSurrogate.test(text)
}

function leaf(value: unknown, parent: Place | null, key: string | number): unknown {
  switch (typeof value) {
    case 'string':
      if (isWellFormed(value)) return value
      break
    case 'number':
      if (Number.isFinite(value)) return value
      break
    case 'boolean':
      return value
    case 'bigint':
      // As a number where it is one: a key takes nothing else.
      if (Number.isSafeInteger(Number(value))) return Number(value)
      if (BigInt.asIntN(64, value) === value) return { $int: String(value) }
      break
    default:
  }
  return refuseLeaf(value, { parent, key })
}

function refuseLeaf(value: unknown, place: Place): never {
  switch (typeof value) {
    case 'string': {
      const what = 'has half of a surrogate pair: cut text between characters.'
      return refuse('VALIDATION', place, what, 'encoding')
    }
    case 'number':
      return refuse('VALIDATION', place, `is ${value}: use a number or null.`, 'not_a_number')
    case 'bigint':
      return refuse('RANGE', place, `is ${value}: use a number within 64 bits.`, 'invalid_value')
    case 'undefined': {
      // No argument may be null.
      const what = place.parent ? 'leave it out, or use null for "no value".' : 'give it a value.'
      return refuse('UNDEFINED_VALUE', place, `is undefined: ${what}`)
    }
    default:
      return refuse('VALIDATION', place, `is a ${typeof value}: it cannot be stored.`)
  }
}

function special(value: object, place: Place): unknown {
  if (classOf(value) === '[object Date]') {
    if (Number.isFinite(Number(value))) return (value as Date).toISOString()
    return refuse('VALIDATION', place, 'is an invalid Date.')
  }
  const bytes = bytesIn(value)
  if (bytes !== null) return { $bytes: toBase64(bytes) }
  const name = value.constructor?.name ?? 'object'
  return refuse('VALIDATION', place, `is a ${name}: use plain objects, arrays, Date or Uint8Array.`)
}

// The same object when nothing in it has to be written differently, which is nearly always.
function container(value: object, place: Place, depth: number): unknown {
  if (depth > kMaxDepth) {
    refuse('VALIDATION', place, `is nested more than ${kMaxDepth} deep, or contains itself.`)
  }
  if (Array.isArray(value)) return list(value, place, depth)
  return isPlain(value) ? record(value, place, depth) : special(value, place)
}

function list(value: readonly unknown[], place: Place, depth: number): readonly unknown[] {
  let copy: unknown[] | null = null
  // By index: holes of a sparse array are undefined too.
  for (let index = 0; index < value.length; index++) {
    const item = value[index]
    const made = one(item, place, index, depth)
    if (made !== item) (copy ??= [...value])[index] = made
  }
  return copy ?? value
}

function record(value: object, place: Place, depth: number): object {
  const source = value as Readonly<Record<string, unknown>>
  let changed: Map<string, unknown> | null = null
  for (const key of Object.keys(source)) {
    // What stands for a BigInt to the module; nobody else writes it.
    if (key === '$int') refuse('VALIDATION', place, 'is no number: use a BigInt.')
    const item = source[key]
    const made = one(item, place, key, depth)
    if (made !== item) (changed ??= new Map(Object.entries(source))).set(key, made)
  }
  // fromEntries defines properties, so that a key "__proto__" stays one and is refused as unknown.
  return changed === null ? value : Object.fromEntries(changed)
}

function one(value: unknown, parent: Place | null, key: string | number, depth: number): unknown {
  if (value === null) return null
  if (typeof value === 'object') return container(value, { parent, key }, depth + 1)
  return leaf(value, parent, key)
}

/** One argument of a call: its value, and the name that errors give it ('' where it needs none). */
export type Argument = readonly [name: string, value: unknown]

/**
 * The arguments as the JSON array that the module reads.
 * Fails with UNDEFINED_VALUE or VALIDATION, and the path of the value that cannot go out.
 */
export function outgoing(values: readonly Argument[]): string {
  return JSON.stringify(values.map(([name, value]) => one(value, null, name, 0)))
}
