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
