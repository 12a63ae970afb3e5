// The package as a stranger gets it: packed, and installed from the tarball into a folder of its
// own below build/. Done once for each build of the package, whichever test file comes first.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const source = join(root, 'web', 'package')
const shelf = join(root, 'build', 'package-tests')
const run = promisify(execFile)

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(source, 'package.json')))
  const names = readdirSync(join(source, 'dist'), { recursive: true }).sort()
  for (const name of names) {
    if (/\.\w+$/.test(name)) hash.update(name).update(readFileSync(join(source, 'dist', name)))
  }
  return hash.digest('hex').slice(0, 16)
}

async function install(folder) {
  const npm = (args, cwd) => run('npm', [...args, '--silent'], { cwd })
  await npm(['pack', '--pack-destination', folder], source)
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  const consumer = { name: 'consumer', private: true, type: 'module' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(consumer))
  await npm(['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], folder)
  for (const name of ['sync', 'csv', 'json', 'archive']) {
    await writeFile(join(folder, `${name}.mjs`), `export * from 'vitrine/${name}'\n`)
  }
  await writeFile(join(folder, 'index.mjs'), "export * from 'vitrine'\n")
}

// Test files run at the same time: each makes a folder of its own, and the first to be ready wins.
async function make() {
  const folder = join(shelf, fingerprint())
  if (existsSync(folder)) return folder
  await mkdir(shelf, { recursive: true })
  const made = await mkdtemp(join(shelf, 'new-'))
  await install(made)
  try {
    await rename(made, folder)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error
    await rm(made, { recursive: true })
  }
  return folder
}

// The folder of a project that has the package installed and nothing else.
export const consumer = await make()

// What the entry `vitrine/NAME` exports, or `vitrine` for 'index', resolved as that project would.
const entry = (name) => import(pathToFileURL(join(consumer, `${name}.mjs`)).href)

export const { openCatalog, CatalogError } = await entry('sync')
// The entry whose calls answer with promises.
export const { openCatalog: openLater } = await entry('index')
export const { importCsv, exportCsv } = await entry('csv')
export const { importJson, exportJson } = await entry('json')
export const { importArchive, exportArchive, exportFolder } = await entry('archive')

// The folder of the installed package.
export const installed = join(consumer, 'node_modules', 'vitrine')
