// Chunks that the same starts read become one file: reading a file costs a start more than most of
// them have in them. esbuild makes one for each set of entries that share it, however small.
import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const kHashLength = 8

// Every file that this one reads before it runs, itself included.
function closure(outputs, path, seen = new Set()) {
  if (seen.has(path) || !(path in outputs)) return seen
  seen.add(path)
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind === 'import-statement') closure(outputs, next, seen)
  }
  return seen
}

// Chunks in groups, by which of the starts read them. What one of a group reads, each start that
// reads the group reads too: no two groups read each other.
function groupsOf(outputs, starts, prefix) {
  const closures = starts.map((path) => closure(outputs, path))
  const groups = new Map()
  for (const path of Object.keys(outputs)) {
    if (!basename(path).startsWith(prefix)) continue
    const readers = starts.filter((_, at) => closures[at].has(path)).join()
    groups.set(readers, [...(groups.get(readers) ?? []), path])
  }
  groups.delete('')
  return [...groups.values()].filter((paths) => paths.length > 1)
}

// Puts all of them into the first one; the names that it exports.
async function merge(folder, names) {
  const apart = ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ path }) =>
      names.includes(basename(path)) ? null : { path, external: true },
    )
  }
  const contents = names.map((name) => `export * from './${name}'\n`).join('')
  const { metafile } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outfile: join(folder, names[0]),
    allowOverwrite: true,
    metafile: true,
    plugins: [{ name: 'apart', setup: apart }],
  })
  for (const name of names.slice(1)) rmSync(join(folder, name))
  return Object.values(metafile.outputs)[0].exports
}

// Says everywhere where chunks are now, and gives them names that tell of other content: of all of
// them, as each names others.
function rewrite(folder, homes, prefix) {
  const one = `${prefix}\\w+\\.js(?=")`
  const chunk = new RegExp(`(?<=["/])${one}`, 'g')
  // An import of nothing but effects, of which there are none, only costs reading a file.
  const effects = new RegExp(`^import "\\./${one}";\\n`, 'gm')
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const texts = new Map(
    names.map((name) => {
      const code = readFileSync(join(folder, name), 'utf8')
      return [name, code.replace(effects, '').replace(chunk, (found) => homes.get(found) ?? found)]
    }),
  )
  const chunks = names.filter((name) => name.startsWith(prefix))
  const hash = createHash('sha256')
  for (const name of chunks) hash.update(texts.get(name))
  const mark = hash.digest('hex').slice(0, kHashLength)
  const named = new Map(chunks.map((name, at) => [name, `${prefix}${mark}${at}.js`]))
  for (const [name, text] of texts) {
    rmSync(join(folder, name))
    const code = text.replace(chunk, (found) => named.get(found) ?? found)
    writeFileSync(join(folder, named.get(name) ?? name), code)
  }
}

/**
 * Merges the chunks of a build, whose names begin with `prefix`, that are read by the same ones of
 * these of its entries. All lie in `folder` itself.
 */
export async function mergeChunks(folder, { outputs }, entries, prefix) {
  const paths = entries.map((name) =>
    Object.keys(outputs).find((path) => path.endsWith(`${basename(folder)}/${name}.js`)),
  )
  const homes = new Map()
  for (const group of groupsOf(outputs, paths, prefix)) {
    const names = group.map((path) => basename(path))
    const exported = await merge(folder, names)
    const count = group.reduce((sum, path) => sum + outputs[path].exports.length, 0)
    if (exported.length !== count) throw new Error(`Two of ${names} export the same name.`)
    for (const name of names) homes.set(name, names[0])
  }
  rewrite(folder, homes, prefix)
}
