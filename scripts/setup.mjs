// `npm run setup`: installs what is missing to build and to test, and says so. It runs before every
// other script; nobody needs to run it by hand.
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(() => setUp({ forTests: true }))
