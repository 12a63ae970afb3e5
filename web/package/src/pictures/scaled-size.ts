// The size that a thumbnail is asked for in. What can be none is told before anything is read: the
// mistake is the program's, and nothing is wrong with the picture.
import { CatalogError } from '../errors.js'
import { options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'

/** The longest side that every browser's canvas can hold; src/image/limits.h has both too. */
const kMaxSide = 16_384
const kMaxPixels = 50_000_000

function refuse(path: string, message: string): never {
  throw new CatalogError({ code: 'VALIDATION', path, message })
}

/** A side or a ratio. Fails with VALIDATION and its name when it is none. */
export function checkedPart(name: string, value: unknown): number {
  const isWhole = name !== 'ratio'
  const isFit = typeof value === 'number' && value > 0 && (!isWhole || Number.isInteger(value))
  if (isFit) return value
  const kind = isWhole ? 'whole number' : 'number'
  return refuse(name, `${name} must be a ${kind} above 0, not ${String(value)} (${typeof value}).`)
}

// As src/image/ladder.cpp has it: the other side is truncated, but never less than 1.
function sizeOf(original: PlainRow, name: string, asked: number): [number, number] {
  const [width, height] = [original['width'], original['height']] as [number, number]
  const side = (exact: number): number => Math.max(1, Math.floor(exact))
  if (name === 'width') return [asked, side((height * asked) / width)]
  if (name === 'height') return [side((width * asked) / height), asked]
  return [side(width * asked), side(height * asked)]
}

/** Fails with VALIDATION and the option's name when `scale` is no size, or too large a one. */
export function scaledSize(original: PlainRow, scale: unknown): [number, number] {
  const asked = options(scale, 'thumbnail', ['width', 'height', 'ratio'])
  const [[name, value] = ['', 0], ...others] = Object.entries(asked)
  if (name === '' || others.length > 0) {
    refuse(name, 'A thumbnail has a width, a height or a ratio: give one of the three.')
  }
  const [width, height] = sizeOf(original, name, checkedPart(name, value))
  if (Math.max(width, height) <= kMaxSide && width * height <= kMaxPixels) return [width, height]
  const made = `${name} ${String(value)} would make ${width} x ${height} pixels`
  return refuse(name, `${made}; a side must be at most ${kMaxSide}, the whole at most 50 million.`)
}
