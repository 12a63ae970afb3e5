// What was measured, per workload and lane, over all rounds; and what follows from it.
import { kOrms, lanes, workloads } from './workloads.mjs'

// The value below which `part` of the values lie.
export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.round((sorted.length - 1) * part)]
}

// Which part of a workload's times is not above what counts of them.
const partOf = (workload) => workloads.find(({ name }) => name === workload)?.part ?? 0.5

const kOwn = ['vitrine', 'chromium:vitrine', 'vitrine-sqljs']

const placeOf = (lane) => lanes.find(({ name }) => name === lane).place

export class Samples {
  #cells = {}

  // Notes the answer of one process or page: { workload: { checksum, times_ms } or { absent } }.
  add(lane, results) {
    for (const [workload, { checksum, times_ms, values, absent }] of Object.entries(results)) {
      const cell = this.#cell(workload, lane)
      if (absent) cell.absent = absent
      if (checksum !== undefined) cell.checksums.add(checksum)
      cell.values.push(...(times_ms ?? values ?? []))
    }
  }

  // Notes that a lane could not do its work; its other rounds are not asked for.
  fail(lane, names, message) {
    for (const name of names) this.#cell(name, lane).failed = message
  }

  #cell(workload, lane) {
    const row = (this.#cells[workload] ??= {})
    return (row[lane] ??= { checksums: new Set(), values: [], absent: null, failed: null })
  }

  // The checksum that a workload's lanes must have: that of hand-written sql.js where it ran.
  #expected(workload) {
    const row = this.#cells[workload] ?? {}
    for (const lane of ['sqljs', 'chromium:sqljs', 'sqljs-calls', ...Object.keys(row)]) {
      const sums = row[lane]?.checksums
      if (sums?.size > 0) return [...sums][0]
    }
    return undefined
  }

  // One lane at one workload: { least, low, middle, high, samples } when its times count, else
  // { why }. null when it was not asked.
  result(workload, lane) {
    const cell = this.#cells[workload]?.[lane]
    if (!cell) return null
    if (cell.failed) return { why: `failed: ${cell.failed}`, isWrong: true }
    if (cell.absent) return { why: cell.absent }
    const expected = this.#expected(workload)
    if ([...cell.checksums].some((sum) => sum !== expected)) {
      return { why: 'gave different rows: its time does not count', isWrong: true }
    }
    const parts = [0, 0.25, partOf(workload), 0.75].map((part) => quantile(cell.values, part))
    const [least, low, middle, high] = parts
    return { least, low, middle, high, samples: cell.values.length }
  }

  #middle(workload, lane) {
    return this.result(workload, lane)?.middle ?? Infinity
  }

  // What `lane` is compared with: in a page with the peers there; elsewhere with those in Node.
  // 'best' is the better of hand-written sql.js and the fastest ORM; null when it has no time.
  reference(workload, lane, times = 'best') {
    const inPage = placeOf(lane) === 'chromium'
    const names = times === 'best' ? ['sqljs', ...kOrms] : [times]
    const found = names
      .map((name) => (inPage ? `chromium:${name}` : name))
      .map((name) => ({ name, middle: this.#middle(workload, name) }))
      .sort((a, b) => a.middle - b.middle)[0]
    return found.middle === Infinity ? null : found
  }

  // Each target of a workload that can be judged: { lane, times, most, ratio, isReached }.
  targets(workload) {
    const { targets } = workloads.find(({ name }) => name === workload)
    return targets.flatMap((target) =>
      (target.lane ? [target.lane] : kOwn).flatMap((lane) => {
        const { times, most } = target
        const reference = this.reference(workload, lane, times)
        const middle = this.#middle(workload, lane)
        if (!reference || middle === Infinity) return []
        const ratio = middle / reference.middle
        return [{ lane, times: reference.name, most, ratio, isReached: ratio <= most }]
      }),
    )
  }

  // Everything, to be kept as JSON.
  toJSON() {
    const cell = ({ checksums, ...rest }) => ({ ...rest, checksums: [...checksums] })
    const row = (cells) =>
      Object.fromEntries(Object.entries(cells).map(([lane, value]) => [lane, cell(value)]))
    return Object.fromEntries(
      Object.entries(this.#cells).map(([name, cells]) => [name, row(cells)]),
    )
  }
}
