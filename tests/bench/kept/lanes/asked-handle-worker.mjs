// The worker of asked-handle.mjs: opens the file, then writes as often as it is asked to.
import { answering } from './asking.mjs'
import { openBareFile } from './bare-file.mjs'

let file

answering(async ({ bytes, write }) => {
  if (write === undefined) file = await openBareFile(bytes)
  else file.write(write)
  return null
})
