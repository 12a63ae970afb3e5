// Parts of the package that no entry shows, for tests that look below: bundled from src/, so that
// they are what the entries are made of, and apart from what is installed.
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { within } from '../../../scripts/lib/within.mjs'
import { consumer } from './installed.mjs'

export const source = fileURLToPath(new URL('../../../web/package/src/', import.meta.url))

// A module for Node that exports what these files of src/ export: its path. The test removes it.
export async function bundleInner(t, ...names) {
  const folder = await mkdtemp(join(consumer, 'inner-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const outfile = join(folder, 'inner.mjs')
  const contents = names.map((name) => `export * from './${name}'`).join('\n')
  const how = { bundle: true, format: 'esm', platform: 'node', plugins: [within('node')] }
  await build({ stdin: { contents, resolveDir: source, loader: 'ts' }, outfile, ...how })
  return outfile
}

export async function importInner(t, ...names) {
  return import(pathToFileURL(await bundleInner(t, ...names)).href)
}
