// The types of the packed package: what must compile does, what must not does not, and the compiler
// is done with it in a bounded number of steps.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { consumer, root } from './support/installed.mjs'

// Measured at 61,000 with TypeScript 5.9; what makes it three times as many is worth a look.
const kMaxInstantiations = 180_000

const files = ['accept.ts', 'refuse.ts', 'promises.ts']

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
    await project('strict', { exactOptionalPropertyTypes: true }, ...files),
  )
  assert.deepEqual(errors, [])
  assert.ok(instantiations < kMaxInstantiations, `${instantiations} instantiations`)
})

test('a project with bundler resolution and its own libraries gets the same types', async () => {
  const options = { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2023', 'DOM'] }
  const { errors } = await compile(await project('bundler', options, ...files))
  assert.deepEqual(errors, [])
})
