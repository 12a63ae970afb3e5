// Judges a run of recorded scenarios: what came out against what SQLAlchemy did.
//
// A scenario with a "recommend" text recorded an outcome that is better not copied: there a
// difference is a deviation, not a failure. Advisory, and never compared: the order of a trace,
// history and session_sets, and what only a store of files has. A count of SELECTs passes when it
// is no higher than the recorded one. In a repeat, the text of the first error does not count.

const kAdvisory = new Set(['history', 'session_sets', 'store_files', 'image_locate'])
const kAdvisoryTables = new Set(['$files'])
const kTolerance = 1e-9

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

// Whether two values of results are the same: numbers up to rounding, members in any order.
export function equal(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < kTolerance
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]))
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a)
    const sameNames = names.length === Object.keys(b).length && names.every((n) => n in b)
    return sameNames && names.every((name) => equal(a[name], b[name]))
  }
  return a === b
}

const brief = (value) => (JSON.stringify(value) ?? 'nothing').slice(0, 160)
const differing = (place, want, got) => `${place}: expected ${brief(want)}, got ${brief(got)}`

function errorDifference(place, want, got) {
  const sameDetail = !('detail' in want) || want.detail === got.detail
  return want.error === got.error && sameDetail ? [] : [differing(place, want, got)]
}

function nestedDifferences(place, op, want, got) {
  const found = differences(op.ops, want.results, got?.results ?? [], `${place}/`)
  const selects = got?.selects ?? 0
  if (op.op === 'count_selects' && selects > want.selects) {
    found.push(`${place}: ${selects} SELECTs, expected at most ${want.selects}`)
  }
  return found
}

function differencesOf(place, op, want, got) {
  if (kAdvisory.has(op.op)) return []
  if ('error' in want || 'error' in got) return errorDifference(place, want, got)
  if (isObject(want.ok) && 'results' in want.ok) {
    return nestedDifferences(place, op, want.ok, got.ok)
  }
  if (op.op === 'repeat') {
    const counts = ({ iterations, errors }) => ({ iterations, errors })
    const [a, b] = [counts(want.ok), counts(got.ok ?? {})]
    return equal(a, b) ? [] : [differing(place, a, b)]
  }
  return equal(want.ok ?? null, got.ok ?? null) ? [] : [differing(place, want.ok, got.ok)]
}

// One line for each operation whose outcome is another than the recorded one.
export function differences(ops, expected, actual, where = '') {
  if (expected.length !== actual.length) {
    return [`${where}: ${actual.length} results, expected ${expected.length}`]
  }
  return ops.flatMap((op, index) =>
    differencesOf(`${where}${index}:${op.op}`, op, expected[index], actual[index]),
  )
}

function tableDifferences(expected, actual) {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...names]
    .filter((name) => !kAdvisoryTables.has(name))
    .filter((name) => !equal(expected[name] ?? [], actual[name] ?? []))
    .map((name) => differing(`table ${name}`, expected[name], actual[name]))
}

// { verdict, found }: 'equal', 'deviates', 'differs', 'skipped' or 'missing', and the differences.
export function judge(scenario, actual) {
  if (actual === undefined) return { verdict: 'missing', found: [] }
  if ('skip' in actual) return { verdict: 'skipped', found: [actual.skip] }
  const { results, tables } = scenario.expect
  const found = [
    ...differences(scenario.ops, results, actual.results),
    ...tableDifferences(tables, actual.tables),
  ]
  if (found.length === 0) return { verdict: 'equal', found }
  return { verdict: 'recommend' in scenario ? 'deviates' : 'differs', found }
}
