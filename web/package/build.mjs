// Builds dist/: types and JavaScript from src/, and the WebAssembly module with its glue beside
// them. What entries share lies in few files, so that a program starts after reading few.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { within } from '../../scripts/lib/within.mjs'
import { buildEntries } from './build-entries.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const wasm = here('../../build/wasm-release')
const { exports } = JSON.parse(readFileSync(here('package.json'), 'utf8'))

if (!existsSync(`${wasm}/vitrine.wasm`)) {
  console.error('There is no build/wasm-release/vitrine.wasm: run npm run build in the root.')
  process.exit(1)
}
rmSync(here('dist'), { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const types = ['--emitDeclarationOnly', '--project', here('tsconfig.json')]
const { status } = spawnSync(process.execPath, [tsc, ...types], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)

for (const platform of ['browser', 'node']) await buildEntries(here('.'), platform, exports)
// The CSV reader comes along, so that the package depends on nothing. Its browser build has nothing
// of Node's streams.
await build({
  entryPoints: [here('src/exchange/parse.ts')],
  outfile: here('dist/exchange/parse.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['browser'],
  legalComments: 'inline',
})
copyFileSync(`${wasm}/vitrine.wasm`, here('dist/vitrine.wasm'))
// The glue is always given the module, and need not know where it would be by itself: in a script
// there is no import.meta to say so.
const kOwnAddress = 'new URL("vitrine.wasm",import.meta.url).toString()'
const glue = readFileSync(`${wasm}/vitrine.mjs`, 'utf8').split(kOwnAddress)
if (glue.length !== 2) throw new Error(`The glue has not once ${kOwnAddress}.`)
// Many servers do not know that .mjs is JavaScript, and browsers then refuse it.
writeFileSync(here('dist/vitrine.js'), glue.join('"vitrine.wasm"'))
const script = { bundle: true, format: 'esm', platform: 'browser', plugins: [within('browser')] }
// Each worker is one file that imports nothing: bundlers pass it on as it is.
for (const [from, to] of [
  ['worker/main', 'worker'],
  ['sqljs-worker', 'sqljs-worker'],
]) {
  const entryPoints = [here(`src/${from}.ts`)]
  await build({ ...script, entryPoints, outfile: here(`dist/${to}.js`), minify: true })
}
// So is the one that scales pictures. With its sources: a script below 4 kB a bundler may write
// into a data: address, where a strict Content-Security-Policy runs none.
await build({
  ...script,
  entryPoints: [here('src/pictures/ingest-worker.ts')],
  outfile: here('dist/ingest-worker.js'),
  sourcemap: 'inline',
})

// The sql.js interface also comes as CommonJS and as a classic script. There is no import.meta in
// those: each says in its own way where it lies, and so where vitrine.wasm is. In Node by that file
// itself, because tools that collect the files of a server look for such a path.
const wasmPath = "require('node:path').join(__dirname, 'vitrine.wasm')"
const inNode = `require('node:url').pathToFileURL(${wasmPath}).href`
const inPage = "(globalThis.document?.currentScript?.src || globalThis.location?.href || '')"
const asFunction =
  'module.exports = module.exports.default;module.exports.default = module.exports;'
const kept = '// vitrine/sqljs without import.meta; made from sqljs.ts by build.mjs.\n'
const bundles = [
  { from: 'sqljs.ts', to: 'sqljs.node.cjs', platform: 'node', url: inNode, end: asFunction },
  { from: 'sqljs.ts', to: 'sqljs.cjs', platform: 'browser', url: inPage, end: asFunction },
  { from: 'sqljs-worker.node.ts', to: 'sqljs-worker.node.cjs', platform: 'node', url: inNode },
  { from: 'sqljs-worker.ts', to: 'sqljs-worker.classic.js', platform: 'browser', url: inPage },
]
for (const { from, to, platform, url, end = '' } of bundles) {
  await build({
    entryPoints: [here(`src/${from}`)],
    outfile: here(`dist/${to}`),
    bundle: true,
    minify: true,
    format: to.endsWith('.cjs') ? 'cjs' : 'iife',
    platform,
    define: { 'import.meta.url': 'vitrineUrl' },
    banner: { js: `${kept}var vitrineUrl = ${url};` },
    footer: { js: end },
    plugins: [within(platform)],
  })
}
copyFileSync(here('src/sqljs.d.cts'), here('dist/sqljs.d.cts'))
