// The CMake package as a stranger uses it: installed somewhere, found by a project of a few lines,
// which builds the examples and runs them.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { inRoot } from '../../scripts/lib/paths.mjs'

const run = promisify(execFile)

// The tested build has sanitizers in it, so what links it has them too.
const kSanitized = '-fsanitize=address,undefined'

let folder
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-cpp-'))
})
after(() => rm(folder, { recursive: true }))

// The lines of docs/cpp.md that a project's CMakeLists.txt takes.
async function documentedLines() {
  const page = await readFile(inRoot('docs', 'cpp.md'), 'utf8')
  const lines = page.split('\n').map((line) => line.trim())
  return lines.filter((line) => /^(find_package|target_link_libraries)\(/.test(line))
}

test('an installed Vitrine is found by CMake, and the examples build and run', async () => {
  const prefix = join(folder, 'prefix')
  await run('cmake', ['--install', inRoot('build', 'native-asan'), '--prefix', prefix])

  const [find, link] = await documentedLines()
  const project = ['cmake_minimum_required(VERSION 3.25)', 'project(shop LANGUAGES C CXX)']
  project.push(find)
  for (const name of ['shop', 'suppliers']) {
    project.push(`add_executable(${name} ${name}.cpp)`, link.replace('shop', name))
    await copyFile(inRoot('examples', `${name}.cpp`), join(folder, `${name}.cpp`))
  }
  await writeFile(join(folder, 'CMakeLists.txt'), `${project.join('\n')}\n`)

  const build = join(folder, 'build')
  const flags = [`-DCMAKE_CXX_FLAGS=${kSanitized}`, `-DCMAKE_PREFIX_PATH=${prefix}`]
  await run('cmake', ['-G', 'Ninja', '-S', folder, '-B', build, ...flags])
  await run('cmake', ['--build', build])
  const { stdout } = await run(join(build, 'shop'), { cwd: folder })
  assert.match(stdout, /Hiking boot in Boots, 2 items[^]*Found Hiking boot 42[^]*0 items are left/)
  const suppliers = await run(join(build, 'suppliers'), { cwd: folder })
  assert.equal(suppliers.stdout, 'Mill by the river of Mill: 1 offer\n0 offers, 0 labelled\n')
})

test('the example is short enough to be read at once', async () => {
  const lines = (await readFile(inRoot('examples', 'shop.cpp'), 'utf8')).trimEnd().split('\n')
  assert.ok(lines.length < 60, `${lines.length} lines`)
})
