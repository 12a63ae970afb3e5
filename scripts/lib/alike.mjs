// An order in which things that are alike stand side by side. A compressor spends fewer bytes on
// what looks like something it has just seen.

// Two things are alike by the runs of this many bytes that both have.
const kRunBytes = 5
// A run that more things than this have says little, and costs the most to count.
const kMaxSharers = 1000
// What is left of the likeness to a thing each time that another is placed after it.
const kFade = 0.8

function runsOf(bytes) {
  const runs = new Set()
  for (let at = 0; at + kRunBytes <= bytes.length; ++at) {
    let hash = 0x811c9dc5
    for (let each = at; each < at + kRunBytes; ++each)
      hash = Math.imul(hash ^ bytes[each], 0x01000193)
    runs.add(hash)
  }
  return [...runs]
}

// For each thing the lists of things that share a run with it, rare runs weighing more.
function findSharers(things) {
  const runs = things.map(runsOf)
  const sharers = new Map()
  runs.forEach((hashes, thing) => {
    for (const hash of hashes) {
      if (!sharers.has(hash)) sharers.set(hash, [])
      sharers.get(hash).push(thing)
    }
  })
  const tells = ({ length }) => length > 1 && length <= kMaxSharers
  return runs.map((hashes) => hashes.map((hash) => sharers.get(hash)).filter(tells))
}

// The positions of `things` (byte arrays), from the shortest on, each followed by the one of the
// rest that is most like those before it. The same things always give the same order.
export function orderByLikeness(things) {
  const sharers = findSharers(things)
  const likeness = new Float64Array(things.length)
  const rest = new Set(things.keys())
  const sizes = things.map(({ length }) => length)
  let next = sizes.indexOf(Math.min(...sizes))
  const order = []
  while (rest.size > 0) {
    order.push(next)
    rest.delete(next)
    for (let each = 0; each < likeness.length; ++each) likeness[each] *= kFade
    for (const list of sharers[next]) {
      const weight = 1 / Math.log2(1 + list.length)
      for (const thing of list) likeness[thing] += weight
    }
    let best = -1
    const last = sizes[next]
    for (const thing of rest) {
      const score = likeness[thing] / (sizes[thing] + last)
      if (score > best) [best, next] = [score, thing]
    }
  }
  return order
}
