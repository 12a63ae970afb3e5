// Chunks that the same starts read become one file: reading a file costs a start more than most of
// them have in them. esbuild makes one for each set of entries that share it, however small.
import { build } from 'esbuild'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

const isChunk = (path) => basename(path).startsWith('shared-')

// Every file that this one reads before it runs, itself included.
function closure(outputs, path, seen = new Set()) {
  if (seen.has(path) || !(path in outputs)) return seen
  seen.add(path)
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind === 'import-statement') closure(outputs, next, seen)
  }
  return seen
}

// Chunks in groups, by which of the starts read them. Whoever reads one of a group reads all that
// it reads: no two groups read each other.
function groupsOf(outputs, starts) {
  const closures = starts.map((path) => closure(outputs, path))
  const groups = new Map()
  for (const path of Object.keys(outputs)) {
    if (!isChunk(path) || starts.includes(path)) continue
    const readers = starts.filter((_, at) => closures[at].has(path)).join()
    groups.set(readers, [...(groups.get(readers) ?? []), path])
  }
  groups.delete('')
  return [...groups.values()].filter((paths) => paths.length > 1)
}

async function merged(folder, names) {
  const apart = ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ path }) =>
      names.includes(basename(path)) ? null : { path, external: true },
    )
  }
  const contents = names.map((name) => `export * from './${name}'\n`).join('')
  return build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile: join(folder, names[0]),
    allowOverwrite: true,
    metafile: true,
    plugins: [{ name: 'apart', setup: apart }],
  })
}

/** Merges the chunks of a build that are read by the same ones of these of its entries. */
export async function mergeChunks(folder, { outputs }, entries) {
  const paths = entries.map((name) => relative(process.cwd(), join(folder, `${name}.js`)))
  // What an entry imports when it is called is a start of its own.
  const late = paths.flatMap((path) =>
    outputs[path].imports.filter(({ kind }) => kind === 'dynamic-import'),
  )
  const homes = new Map()
  for (const group of groupsOf(outputs, [...paths, ...late.map(({ path }) => path)])) {
    const names = group.map((path) => basename(path))
    const { metafile } = await merged(folder, names)
    const [{ exports }] = Object.values(metafile.outputs)
    const count = group.reduce((sum, path) => sum + outputs[path].exports.length, 0)
    if (exports.length !== count) throw new Error(`Two of ${names} export the same name.`)
    for (const name of names.slice(1)) {
      homes.set(name, names[0])
      rmSync(join(folder, name))
    }
  }
  for (const name of readdirSync(folder, { recursive: true }).filter((one) => /\.js$/.test(one))) {
    const code = readFileSync(join(folder, name), 'utf8')
    const moved = code.replace(/(?<=["/])shared-\w+\.js(?=")/g, (one) => homes.get(one) ?? one)
    writeFileSync(join(folder, name), moved)
  }
}
