// The table that people read: per workload each lane's median, its best time and
// its quartiles, how it compares, and whether the targets are reached. Losses are shown like wins.
const digits = (value) => value.toFixed(value < 10 ? 2 : 1)

function laneLine(samples, { name, unit = 'ms' }, lane) {
  const result = samples.result(name, lane)
  if (!result) return []
  const start = `  ${lane.padEnd(22)}`
  if (result.why) return [`${start}${result.why}`]
  const reference = samples.reference(name, lane)
  const ratio = reference ? (result.middle / reference.middle).toFixed(2) : ''
  const spread = result.samples > 1 ? `${digits(result.low)} - ${digits(result.high)}` : ''
  const middle = `${digits(result.middle)} ${unit}`.padStart(13)
  const least = digits(result.least).padStart(10)
  return [`${start}${middle}${least}${spread.padStart(21)}${ratio.padStart(10)}`]
}

function targetLine({ lane, times, most, ratio, isReached }) {
  const verdict = isReached ? 'reached' : 'MISSED'
  return `  -> ${lane} takes ${ratio.toFixed(2)} of ${times}, at most ${most}: ${verdict}`
}

function limitLine(samples, { name, unit = 'ms', most, of = 'vitrine' }) {
  const result = samples.result(name, of)
  if (!result?.middle) return []
  const verdict = result.middle <= most ? 'reached' : 'MISSED'
  return [`  -> ${of} has ${digits(result.middle)} ${unit}, at most ${most}: ${verdict}`]
}

function block(samples, workload, lanes) {
  const lines = lanes.flatMap((lane) => laneLine(samples, workload, lane.name))
  if (lines.length === 0) return []
  const targets = samples.targets(workload.name).map(targetLine)
  const limit = workload.most ? limitLine(samples, workload) : []
  return [workload.name, ...lines, ...targets, ...limit, '']
}

// The whole table as text; `workloads` and `lanes` are those that were asked for.
export function table(samples, { workloads, lanes }) {
  const heading = `  ${'lane'.padEnd(22)}${'median'.padStart(13)}${'least'.padStart(10)}`
  return [
    `${heading}${'quartiles'.padStart(21)}${'of best'.padStart(10)}`,
    ...workloads.flatMap((workload) => block(samples, workload, lanes)),
    'of best: times the better of hand-written sql.js and the fastest ORM; in Chromium, of sql.js',
  ].join('\n')
}

// Whether a lane failed or gave different rows.
export function hasFaults(samples, { workloads, lanes }) {
  return workloads.some(({ name }) =>
    lanes.some((lane) => samples.result(name, lane.name)?.isWrong),
  )
}
