// The worker of handle.mjs.
import { commitTimes } from '../measure.mjs'
import { answering } from './asking.mjs'

// As long as the log of a catalog grows before it begins anew.
const kWrites = 200

answering(async ({ bytes }) => {
  const root = await navigator.storage.getDirectory()
  const file = await (await root.getFileHandle('bare', { create: true })).createSyncAccessHandle()
  const buffer = new Uint8Array(bytes).fill(7)
  const values = await commitTimes((n) => {
    file.write(buffer, { at: (n % kWrites) * bytes })
    file.flush()
  })
  file.close()
  return values
})
