// The worker of handle.mjs.
import { commitTimes } from '../measure.mjs'
import { answering } from './asking.mjs'
import { openBareFile } from './bare-file.mjs'

answering(async ({ bytes }) => {
  const file = await openBareFile(bytes)
  const values = await commitTimes((n) => file.write(n))
  file.close()
  return values
})
