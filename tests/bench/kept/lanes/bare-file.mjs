// In a worker: a file of the browser's, and as many bytes as a commit has to be written to it.

// As long as the log of a catalog grows before it begins anew.
const kWrites = 200

// Gives { write, close }; write(n) writes the n-th bytes and flushes.
export async function openBareFile(bytes) {
  const root = await navigator.storage.getDirectory()
  const file = await (await root.getFileHandle('bare', { create: true })).createSyncAccessHandle()
  const buffer = new Uint8Array(bytes).fill(7)
  const write = (n) => {
    file.write(buffer, { at: (n % kWrites) * bytes })
    file.flush()
  }
  return { write, close: () => file.close() }
}
