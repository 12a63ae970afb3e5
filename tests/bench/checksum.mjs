// Whether lanes gave the same: a quick walk that is part of the time measured, so that nobody is
// praised for work put off, and a thorough checksum that is not.

// A number that depends on every property of every row, related rows included.
export function walk(value) {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return value.length + value.charCodeAt(0)
  if (value === null) return 1
  let sum = 0
  if (Array.isArray(value)) {
    for (const row of value) sum += walk(row)
    return sum
  }
  for (const name in value) sum += walk(value[name]) * name.length
  return sum
}

const kStart = 2166136261
const mix = (hash, number) => Math.imul(hash ^ number, 16777619)

function mixText(hash, text) {
  let mixed = mix(hash, text.length)
  for (let i = 0; i < text.length; i++) mixed = mix(mixed, text.charCodeAt(i))
  return mixed
}

function mixValue(hash, value) {
  if (value === null) return mix(hash, 1)
  if (typeof value === 'number') return mix(mix(hash, 2), value)
  if (typeof value === 'string') return mixText(mix(hash, 3), value)
  if (Array.isArray(value)) return value.reduce(mixValue, mix(mix(hash, 4), value.length))
  if (typeof value !== 'object') throw new Error(`a ${typeof value} is among the results`)
  const named = (mixed, name) => mixValue(mixText(mixed, name), value[name])
  return Object.keys(value).sort().reduce(named, mix(hash, 5))
}

// FNV-1a over every name and value; the order of an object's properties does not matter.
// native/checksum.h does the same in C++.
export function checksum(value) {
  return mixValue(kStart, value) >>> 0
}
