// What `npm run bench -- --size 1000 --lanes vitrine,sqljs --workloads "whole graph" --runs 3` asks
// for. Without options: all lanes and workloads, 10,000 products, five rounds.
import { parseArgs } from 'node:util'
import { lanes, workloads } from './workloads.mjs'

const kSizes = [1_000, 10_000, 100_000]
const kRuns = 5
const kSmallest = 200

const commands = {
  size: { type: 'string', default: String(kSizes[1]) },
  lanes: { type: 'string' },
  workloads: { type: 'string' },
  runs: { type: 'string', default: String(kRuns) },
}

function number(name, text, least) {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least) return value
  throw new Error(`--${name} is "${text}": give a whole number, at least ${least}.`)
}

// The entries of `all` that a list of names, parted by bars or commas, means. Names of workloads
// hold commas themselves ("10,000 get by id"), so those are only parted by bars there.
function chosen(option, text, all, separator) {
  if (text === undefined) return all
  return text.split(separator).map((name) => {
    const found = all.find((entry) => entry.name === name.trim())
    if (found) return found
    const known = all.map((entry) => entry.name).join(' | ')
    throw new Error(`--${option} names "${name.trim()}". There are: ${known}.`)
  })
}

// { size, runs, lanes, workloads }, the last two as entries of workloads.mjs. Throws on a mistake.
export function readOptions(args) {
  const { values } = parseArgs({ args, options: commands })
  return {
    size: number('size', values.size, kSmallest),
    runs: number('runs', values.runs, 1),
    lanes: chosen('lanes', values.lanes, lanes, /[|,]/),
    workloads: chosen('workloads', values.workloads, workloads, '|'),
  }
}
