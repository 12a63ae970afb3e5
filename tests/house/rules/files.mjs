// The files that house rules look at: what people wrote, not what programs made or npm installed.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

const kFoldersLeftOut = new Set(['node_modules', 'build', 'dist', '.git', '.cache', 'results'])

function* walk(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory() && !kFoldersLeftOut.has(entry.name)) yield* walk(path)
    if (entry.isFile()) yield path
  }
}

// Every file with one of `extensions`, as { path, text }, its path relative to the checkout and
// with forward slashes, in a fixed order.
export function filesWith(...extensions) {
  return [...walk('')]
    .filter((path) => extensions.includes(extname(path)) || extensions.includes(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

// What `rule(path, text)` finds in `files`, as lines "path: finding" for an assertion's message.
export function findings(rule, files) {
  return files.flatMap(({ path, text }) => rule(path, text).map((words) => `${path}: ${words}`))
}
