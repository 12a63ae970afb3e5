// `npm run build`: the wasm module, the npm package over it, and the page.
import { build } from './lib/builds.mjs'
import { runMain } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  await setUp()
  await build(['page'])
})
