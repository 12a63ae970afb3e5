// The CMake package as a stranger uses it: installed somewhere, found by a project of a few lines,
// which builds the example and runs it.
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

test('an installed Vitrine is found by CMake, and the example builds and runs', async () => {
  const prefix = join(folder, 'prefix')
  await run('cmake', ['--install', inRoot('build', 'native-asan'), '--prefix', prefix])

  const [find, link] = await documentedLines()
  const project = ['cmake_minimum_required(VERSION 3.25)', 'project(shop LANGUAGES C CXX)']
  project.push(find, 'add_executable(shop shop.cpp)', link, '')
  await writeFile(join(folder, 'CMakeLists.txt'), project.join('\n'))
  await copyFile(inRoot('examples', 'shop.cpp'), join(folder, 'shop.cpp'))

  const build = join(folder, 'build')
  const flags = [`-DCMAKE_CXX_FLAGS=${kSanitized}`, `-DCMAKE_PREFIX_PATH=${prefix}`]
  await run('cmake', ['-G', 'Ninja', '-S', folder, '-B', build, ...flags])
  await run('cmake', ['--build', build])
  const { stdout } = await run(join(build, 'shop'), { cwd: folder })
  assert.match(stdout, /Hiking boot in Boots, 2 items[^]*Found Hiking boot 42[^]*0 items are left/)
})

test('the example is short enough to be read at once', async () => {
  const lines = (await readFile(inRoot('examples', 'shop.cpp'), 'utf8')).trimEnd().split('\n')
  assert.ok(lines.length < 60, `${lines.length} lines`)
})
