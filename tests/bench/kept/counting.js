// Stands before the script of the package's worker: counts what is asked of its files, and tells
// the page when that asks.
const counts = { writes: 0, flushes: 0, bytes: 0 }
const files = FileSystemSyncAccessHandle.prototype
const { write, flush } = files
files.write = function (buffer, options) {
  counts.writes++
  counts.bytes += buffer.byteLength
  return write.call(this, buffer, options)
}
files.flush = function () {
  counts.flushes++
  return flush.call(this)
}
const channel = new BroadcastChannel('counts')
channel.onmessage = ({ data }) => {
  if (data === 'tell') channel.postMessage({ ...counts })
}
