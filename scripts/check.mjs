// `npm run check`: layout, lint, types and house rules. `npm run check -- --fix`, which is
// `npm run format`, corrects the layout instead.
import { checks, formatters, runSteps } from './lib/checks.mjs'
import { Advice, runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  const isFix = process.argv.includes('--fix')
  await setUp()
  const failed = await runSteps(isFix ? formatters() : checks())
  if (failed.length > 0) {
    throw new Advice(`Not in order: ${failed.join(', ')}. npm run format corrects layout.`)
  }
})
