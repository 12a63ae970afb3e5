// What one commit asks of the files of a catalog, as counting.js counts it in the worker.
const kCommits = 100
// By then a long log has gone into the file; the commit after it begins the log anew, which is one
// flush more.
const kRest_ms = 1_000

function counted(channel) {
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => typeof data === 'object' && resolve(data)
    channel.postMessage('tell')
  })
}

// { writes, flushes, bytes } of one commit, the mean of many; `commit` is given a number.
export async function countsOf(commit) {
  const channel = new BroadcastChannel('counts')
  await new Promise((resolve) => setTimeout(resolve, kRest_ms))
  await commit(-1)
  const before = await counted(channel)
  for (let n = 0; n < kCommits; n++) await commit(n)
  const after = await counted(channel)
  channel.close()
  const mean = (name) => [name, (after[name] - before[name]) / kCommits]
  return Object.fromEntries(Object.keys(before).map(mean))
}
