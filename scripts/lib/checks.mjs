// What `npm run check` looks at and `npm run format` corrects: layout, lint, types, house rules.
// It never builds.
import { existsSync, readdirSync } from 'node:fs'
import { filesEndingWith } from './suites.mjs'
import { inRoot, root } from './paths.mjs'
import { realProbes } from './probes.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const kCppFolders = ['src', 'bindings', 'tests', 'examples']

function npx(tool, ...args) {
  return [inRoot('node_modules', '.bin', tool), ...args]
}

function cppFiles() {
  const folders = kCppFolders.map((name) => inRoot(name)).filter((folder) => existsSync(folder))
  return folders.flatMap((folder) => [
    ...filesEndingWith(folder, '.h'),
    ...filesEndingWith(folder, '.cpp'),
  ])
}

// The TypeScript projects: each folder of web/ with a tsconfig.json.
function typeScriptProjects() {
  return readdirSync(inRoot('web'))
    .map((name) => inRoot('web', name, 'tsconfig.json'))
    .filter((file) => existsSync(file))
}

function clangFormat(...args) {
  if (!realProbes().program('clang-format')) return []
  return [{ name: 'C++ layout', command: ['clang-format', ...args, ...cppFiles()] }]
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
    { name: 'house rules', command: [process.execPath, '--test', ...houseTests] },
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
  for (const { name, command } of steps) {
    const { code, output } = await run(command[0], command.slice(1), { cwd: root })
    say(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`)
    if (code === 0) continue
    say(output)
    failed.push(name)
  }
  return failed
}
