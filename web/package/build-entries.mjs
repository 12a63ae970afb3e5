// The entries of the package for programs that import it: once for browsers, and once for Node, so
// that neither asks while it starts where it runs, and browsers never see what is of Node.
import { build } from 'esbuild'
import { join } from 'node:path'
import { inPlatform } from '../../scripts/lib/within.mjs'
import { mergeChunks } from './merge-chunks.mjs'

// What bundlers leave out where it is not needed stays a file of its own: Emscripten's glue, and
// the CSV reader.
const kOwnFiles = { name: 'own-files', setup: ({ onResolve }) => leave(onResolve) }
function leave(onResolve) {
  for (const name of ['vitrine.js', 'exchange/parse.js']) {
    const filter = new RegExp(`${name.split('/').pop().replace('.', '\\.')}$`)
    onResolve({ filter }, () => ({ path: `./${name}`, external: true, sideEffects: false }))
  }
}

// As the files of Node end, and what others share begins.
const kEnd = { browser: '', node: '.node' }
const kShared = { browser: 'shared-', node: 'node-' }
// A script of its own.
const kApart = 'sqljs-worker'

// The names of the modules that package.json's `exports` leads to on that platform.
function named(exports, platform) {
  const files = [...JSON.stringify(exports).matchAll(/"\.\/dist\/([\w-]+)(\.node)?\.js"/g)]
  const own = files.filter(([, name, end = '']) => name !== kApart && end === kEnd[platform])
  return [...new Set(own.map(([, name]) => name))]
}

/** Builds them into dist/ of `folder`, the package's, with what they share in few files. */
export async function buildEntries(folder, platform, exports) {
  const names = named(exports, platform)
  const end = kEnd[platform]
  const { metafile } = await build({
    entryPoints: names.map((name) => join(folder, 'src', `${name}.ts`)),
    outdir: join(folder, 'dist'),
    entryNames: `[name]${end}`,
    chunkNames: `${kShared[platform]}[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['node:*', 'react', 'sharp'],
    plugins: [inPlatform(platform), kOwnFiles],
    metafile: true,
  })
  const starts = [`index${end}`, `sync${end}`]
  await mergeChunks(join(folder, 'dist'), metafile, starts, kShared[platform])
}
