// `npm start`: sets up, builds, and serves the page under a strict Content-Security-Policy.
// PORT chooses the port.
import { build } from './lib/builds.mjs'
import { inRoot } from './lib/paths.mjs'
import { runMain, say } from './lib/say.mjs'
import { chosenPort, serveOnFreePort } from './lib/serve.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  // A port that is no port is said before minutes of building, not after.
  chosenPort(process.env.PORT)
  await setUp()
  await build(['page'])
  const root = inRoot('web', 'demo', 'dist')
  const { url } = await serveOnFreePort({ root, portText: process.env.PORT })
  say(`\nThe catalog is at ${url}\nCtrl+C ends it.`)
})
