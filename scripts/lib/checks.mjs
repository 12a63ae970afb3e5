// What `npm run check` looks at and `npm run format` corrects: layout, lint, types, house rules.
// It never builds.
import { existsSync, readdirSync } from 'node:fs'
import { failingTests, filesEndingWith } from './suites.mjs'
import { inRoot, root } from './paths.mjs'
import { realProbes } from './probes.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const kCppFolders = ['src', 'bindings', 'tools', 'tests', 'examples']
const kCppEndings = ['.h', '.cpp', '.c']

function npx(tool, ...args) {
  return [inRoot('node_modules', '.bin', tool), ...args]
}

function cppFiles() {
  const folders = kCppFolders.map((name) => inRoot(name)).filter((folder) => existsSync(folder))
  return folders.flatMap((folder) =>
    kCppEndings.flatMap((ending) => filesEndingWith(folder, ending)),
  )
}

// The TypeScript projects: each folder of web/ with a tsconfig.json.
function typeScriptProjects() {
  return readdirSync(inRoot('web'))
    .map((name) => inRoot('web', name, 'tsconfig.json'))
    .filter((file) => existsSync(file))
}

// clang-format marks every place; the files are enough.
function filesNamed(output) {
  const files = [...output.matchAll(/^(\S+?):\d+:\d+: error/gm)].map((match) => match[1])
  return files.length === 0 ? output : [...new Set(files)].join('\n')
}

function clangFormat(...args) {
  if (!realProbes().program('clang-format')) return []
  const command = ['clang-format', ...args, ...cppFiles()]
  return [{ name: 'C++ layout', command, excerpt: filesNamed }]
}

// Every check: its name and its command. clang-format is used where it is installed.
export function checks() {
  const houseTests = filesEndingWith(inRoot('tests', 'house'), '.test.mjs')
  return [
    ...clangFormat('--dry-run', '--Werror'),
    { name: 'layout', command: npx('prettier', '--check', '--log-level=warn', '.') },
    { name: 'lint', command: npx('eslint', '--max-warnings=0', '.') },
    ...typeScriptProjects().map((file) => ({
      name: `types of ${file.slice(root.length)}`,
      command: npx('tsc', '--noEmit', '--project', file),
    })),
    {
      name: 'house rules',
      command: [process.execPath, '--test', '--test-reporter=spec', ...houseTests],
      excerpt: failingTests,
    },
  ]
}

// What corrects the layout of every file.
export function formatters() {
  return [
    ...clangFormat('-i'),
    { name: 'layout', command: npx('prettier', '--write', '--log-level=warn', '.') },
  ]
}

// Runs all `steps`, shows what those that fail said, and returns the names of these.
export async function runSteps(steps) {
  const failed = []
  for (const { name, command, excerpt = (output) => output } of steps) {
    const { code, output } = await run(command[0], command.slice(1), { cwd: root })
    say(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`)
    if (code === 0) continue
    say(excerpt(output))
    failed.push(name)
  }
  return failed
}
