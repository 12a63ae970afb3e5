// How the package's src/ is bundled for one platform: a file x.node.ts stands in for x.ts in Node.
// For the files that its build.mjs makes, and for tests of what the entries do not show.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { inRoot } from './paths.mjs'

const glue = inRoot('build', 'wasm-release', 'vitrine.mjs')

/** A plugin for esbuild: the files of `platform`, 'node' or 'browser'. */
export const inPlatform = (platform) => ({
  name: 'platform',
  setup({ onResolve }) {
    if (platform !== 'node') return
    onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) => {
      const standIn = resolve(resolveDir, path.replace(/js$/, 'node.ts'))
      return existsSync(standIn) ? { path: standIn } : null
    })
  },
})

/** Those for a script that imports nothing of the package: with Emscripten's glue in it. */
export const within = (platform) => ({
  name: 'within',
  setup(build) {
    build.onResolve({ filter: /\/vitrine\.js$/ }, () => ({ path: glue }))
    inPlatform(platform).setup(build)
  },
})
