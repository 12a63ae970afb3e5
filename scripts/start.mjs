// `npm start`: sets up, builds, and serves the page under a strict Content-Security-Policy.
// PORT chooses the port.
import { build } from './lib/builds.mjs'
import { inRoot } from './lib/paths.mjs'
import { runMain, say } from './lib/say.mjs'
import { serveOnFreePort } from './lib/serve.mjs'
import { setUp } from './lib/setup.mjs'

await runMain(async () => {
  const options = { root: inRoot('web', 'demo', 'dist'), portText: process.env.PORT }
  // A port that cannot be had is said before minutes of building, not after.
  await (await serveOnFreePort(options)).close()
  await setUp()
  await build(['page'])
  const { url } = await serveOnFreePort(options)
  say(`\nThe catalog is at ${url}\nCtrl+C ends it.`)
})
