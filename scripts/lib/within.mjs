// How parts of the package's src/ are bundled into one script that imports nothing of it: for the
// scripts that its build.mjs makes, and for tests of what the entries do not show.
import { readFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const inPackage = (...path) => inRoot('web', 'package', ...path)
const glue = inRoot('build', 'wasm-release', 'vitrine.mjs')
const { imports } = JSON.parse(readFileSync(inPackage('package.json'), 'utf8'))

// A plugin for esbuild: Emscripten's glue, and what package.json imports for `platform`, 'node' or
// 'browser'.
export const within = (platform) => ({
  name: 'within',
  setup({ onResolve }) {
    onResolve({ filter: /vitrine\.mjs$/ }, () => ({ path: glue }))
    onResolve({ filter: /^#/ }, ({ path }) => {
      const places = imports[path]
      const place = (platform === 'node' && places.node) || places.default
      return { path: inPackage(place.replace('./dist/', 'src/').replace(/\.js$/, '.ts')) }
    })
  },
})
