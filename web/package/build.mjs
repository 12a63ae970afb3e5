// Builds dist/: JavaScript and types from src/, and the WebAssembly module with its glue beside
// them.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const wasm = here('../../build/wasm-release')

if (!existsSync(`${wasm}/vitrine.wasm`)) {
  console.error('There is no build/wasm-release/vitrine.wasm: run npm run build in the root.')
  process.exit(1)
}
rmSync(here('dist'), { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '--project', here('tsconfig.json')], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
// The CSV reader comes along, so that the package depends on nothing. Its
// browser build has nothing of Node's streams.
await build({
  entryPoints: [here('dist/exchange/parse.js')],
  outfile: here('dist/exchange/parse.js'),
  allowOverwrite: true,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['browser'],
  legalComments: 'inline',
})
for (const name of ['vitrine.mjs', 'vitrine.wasm'])
  copyFileSync(`${wasm}/${name}`, here(`dist/${name}`))
// The worker is one file that imports nothing: bundlers pass it on as it is.
await build({
  entryPoints: [here('dist/worker/main.js')],
  outfile: here('dist/worker.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
})
// So is the one that scales pictures. With its sources: a script below 4 kB a bundler may write
// into a data: address, where a strict Content-Security-Policy runs none.
await build({
  entryPoints: [here('dist/pictures/ingest-worker.js')],
  outfile: here('dist/pictures/ingest-worker.js'),
  allowOverwrite: true,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  sourcemap: 'inline',
})

// The sql.js interface also comes as CommonJS and as a classic script. There is no import.meta in
// those: each says in its own way where it lies, and so where vitrine.wasm is.
const inNode = "require('node:url').pathToFileURL(__filename).href"
const inPage = "(globalThis.document?.currentScript?.src || globalThis.location?.href || '')"
const asFunction =
  'module.exports = module.exports.default;module.exports.default = module.exports;'
const kept = '// vitrine/sqljs without import.meta; made from sqljs.js by build.mjs.\n'
const bundles = [
  { from: 'sqljs.js', to: 'sqljs.node.cjs', platform: 'node', url: inNode, end: asFunction },
  { from: 'sqljs.js', to: 'sqljs.cjs', platform: 'browser', url: inPage, end: asFunction },
  { from: 'sqljs-worker.node.js', to: 'sqljs-worker.node.cjs', platform: 'node', url: inNode },
  { from: 'sqljs-worker.js', to: 'sqljs-worker.classic.js', platform: 'browser', url: inPage },
]
for (const { from, to, platform, url, end = '' } of bundles) {
  await build({
    entryPoints: [here(`dist/${from}`)],
    outfile: here(`dist/${to}`),
    bundle: true,
    minify: true,
    format: to.endsWith('.cjs') ? 'cjs' : 'iife',
    platform,
    conditions: [platform],
    define: { 'import.meta.url': 'vitrineUrl' },
    banner: { js: `${kept}var vitrineUrl = ${url};` },
    footer: { js: end },
  })
}
copyFileSync(here('src/sqljs.d.cts'), here('dist/sqljs.d.cts'))
