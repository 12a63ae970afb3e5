// Open requests: what is left of a find or a get when its values are taken out. Requests of one
// text are run by one plan, which the module keeps; only the values go out again. What is not
// ordinary (dates, bytes, large numbers, mistakes) is not opened: outgoing.ts writes or refuses it.

import { isPlain, isWellFormed } from './outgoing.js'
import type { Argument } from './outgoing.js'

/** A value taken out of a request. */
export type OpenValue = number | string

/** As many as the module accepts. */
const kMaxValues = 32
/** Deeper requests are rare, and may contain themselves. */
const kMaxDepth = 8

// A value's mark, by its number and kind; no request holds one. src/orm/session/kept_plan.h agrees.
const integerMark = (number: number): string => String(Number.MAX_SAFE_INTEGER - number)
const textMark = (number: number): string => `"\u{10ffff}A${number}"`

const quotedNames = /* @__PURE__ */ new Map<string, string>()
const kMaxNames = 1000

// Names are those of models mostly: quoting them anew each time would cost the most of all.
function quoteName(name: string): string {
  const known = quotedNames.get(name)
  if (known !== undefined) return known
  const made = JSON.stringify(name)
  if (quotedNames.size < kMaxNames) quotedNames.set(name, made)
  return made
}

// The JSON of `value` with marks in place of whole numbers and texts, which go into `values`; null
// when it cannot be opened. Zero stays, for an offset of zero is another statement.
function openValue(value: unknown, values: OpenValue[], depth: number): string | null {
  if (typeof value === 'number') {
    if (value === 0 || !Number.isSafeInteger(value)) return null
    return values.push(value) > kMaxValues ? null : integerMark(values.length - 1)
  }
  if (typeof value === 'string') {
    if (value.length > 255 || value.includes('\0') || !isWellFormed(value)) return null
    return values.push(value) > kMaxValues ? null : textMark(values.length - 1)
  }
  return container(value, (inner) => openValue(inner, values, depth + 1), depth)
}

// The JSON of what holds no values of its own: names of columns, directions, true and false.
function writeClosed(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return quoteName(value)
  return container(value, (inner) => writeClosed(inner, depth + 1), depth)
}

type Part = (value: unknown, name: string) => string | null

function container(value: unknown, part: Part, depth: number): string | null {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value !== 'object' || depth > kMaxDepth) return null
  if (Array.isArray(value)) return list(value, part)
  return isPlain(value) ? members(value, part) : null
}

function list(value: readonly unknown[], part: Part): string | null {
  let text = '['
  for (let index = 0; index < value.length; index++) {
    const item = part(value[index], '')
    if (item === null) return null
    text += index === 0 ? item : `,${item}`
  }
  return `${text}]`
}

function members(value: object, part: Part): string | null {
  let text = '{'
  for (const name of Object.keys(value)) {
    const member = part((value as Record<string, unknown>)[name], name)
    if (member === null || name === '$int') return null
    text += `${text.length === 1 ? '' : ','}${quoteName(name)}:${member}`
  }
  return `${text}}`
}

function request(value: unknown, values: OpenValue[], depth: number): string | null {
  return container(
    value,
    (option, name) => {
      if (name === 'select' || name === 'orderBy') return writeClosed(option, depth + 1)
      // Others are refused, or make another statement.
      if ((name === 'limit' || name === 'offset') && !(typeof option === 'number' && option > 0))
        return null
      if (name !== 'include') return openValue(option, values, depth + 1)
      return container(option, (asked) => request(asked, values, depth + 2), depth + 1)
    },
    depth,
  )
}

/**
 * The arguments of a find (its request) or of a get (its key, its request) with marks in place of
 * their values, which are added to `values`: the request, then the key. Null when they cannot be
 * opened.
 */
export function openRead(read: readonly Argument[], values: OpenValue[]): string | null {
  const asked = request(read[read.length - 1][1], values, 0)
  if (asked === null || read.length === 1) return asked
  const key = read[0][1]
  const named = key === null ? null : openValue(key, values, 0)
  return named === null ? null : `${asked},${named}`
}
