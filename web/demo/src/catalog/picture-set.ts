// A picture as the catalog keeps it: one row for the original and one for each thumbnail. Pure.
import type { Photo, Picture } from './rows'

// The smallest of a set that is sharp on `width_px` pixels of the page, or the largest there is.
export function sharpFor(set: readonly Picture[], width_px: number, density = 1): Picture | null {
  const wanted = width_px * density
  const smallestFirst = set
    .filter(({ sha256 }) => sha256 !== null)
    .sort((a, b) => a.width - b.width)
  return smallestFirst.find(({ width }) => width >= wanted) ?? smallestFirst.at(-1) ?? null
}

// A gallery's rows as its sets, in their order.
export function setsOf<Row extends { readonly order_index: number }>(
  rows: readonly Row[],
): readonly (readonly Row[])[] {
  const sets = new Map<number, Row[]>()
  for (const row of rows) {
    const set = sets.get(row.order_index)
    if (set) set.push(row)
    else sets.set(row.order_index, [row])
  }
  return [...sets].sort(([a], [b]) => a - b).map(([, set]) => set)
}

// What makes a photo that photo, whatever its number is by now.
type Identity = Pick<Photo, 'sha256' | 'created_at'>

export function isPhoto(one: Identity, photo: Identity): boolean {
  return photoName(one) === photoName(photo)
}

// The same as a text.
export function photoName({ sha256, created_at }: Identity): string {
  return `${created_at} ${sha256 ?? ''}`
}
