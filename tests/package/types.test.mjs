// The types of the packed package: what must compile does, what must not does not, and the compiler
// is done with it in a bounded number of steps.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { consumer, root } from './support/installed.mjs'

// Measured at 90,000 with TypeScript 5.9; what makes it twice as many is worth a look.
const kMaxInstantiations = 180_000

const files = [
  ...['accept.ts', 'refuse.ts', 'promises.ts', 'pictures.ts', 'exchange.ts', 'results.ts'],
  'sqljs.ts',
]

const compilerOptions = {
  target: 'ES2022',
  module: 'NodeNext',
  lib: ['ES2022', 'DOM'],
  types: [],
  strict: true,
  noEmit: true,
}

function compile(folder) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', folder, '--extendedDiagnostics'], (_, stdout) => {
      const errors = stdout.split('\n').filter((line) => line.includes('error TS'))
      resolve({ errors, instantiations: Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1]) })
    })
  })
}

async function project(name, options, ...sources) {
  const folder = join(consumer, `types-${name}-${process.pid}`)
  await mkdir(folder, { recursive: true })
  for (const file of sources) {
    await copyFile(join(root, 'tests', 'package', 'types', file), join(folder, file))
  }
  const config = { compilerOptions: { ...compilerOptions, ...options }, include: ['*.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return folder
}

test('what must compile compiles, and what must not does not', async () => {
  const { errors, instantiations } = await compile(
    await project('strict', { exactOptionalPropertyTypes: true, declaration: true }, ...files),
  )
  assert.deepEqual(errors, [])
  assert.ok(instantiations < kMaxInstantiations, `${instantiations} instantiations`)
})

test('a project with bundler resolution and its own libraries gets the same types', async () => {
  const options = { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2023', 'DOM'] }
  const { errors } = await compile(await project('bundler', options, ...files))
  assert.deepEqual(errors, [])
})

// Another file that imports vitrine/sqljs would lend the compiler its names.
test('results can be exported by a project that imports no other entry', async () => {
  const { errors } = await compile(await project('alone', { declaration: true }, 'results.ts'))
  assert.deepEqual(errors, [])
})

test('the programs of docs/types.md compile', async () => {
  const folder = await project('page', {})
  const page = await readFile(join(root, 'docs', 'types.md'), 'utf8')
  const blocks = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code)
  assert.ok(blocks.length > 3)
  for (const [index, code] of blocks.entries()) {
    const imports = code.match(/^import .*$/gm) ?? []
    const body = code.replace(/^import .*$/gm, '')
    const own = "import type { Catalog } from 'vitrine/sync'"
    const text = [own, ...imports, `export const run = (db: Catalog) => {\n${body}\n}`].join('\n')
    await writeFile(join(folder, `block-${index}.ts`), text)
  }
  const { errors } = await compile(folder)
  assert.deepEqual(errors, [])
})
