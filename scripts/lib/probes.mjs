// What this machine has, asked through a few small questions. The set-up takes them as an argument,
// so that its decisions are tested without touching any machine.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// The full path of a program on `path` (the PATH variable), or null.
export function findProgram(name, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name)
    if (isExecutable(file)) return file
  }
  return null
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// ID and ID_LIKE of an os-release file: { id: 'debian', like: [] }; empty when there is none.
export function parseOsRelease(text) {
  const value = (key) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? ''
  return { id: value('ID'), like: value('ID_LIKE').split(' ').filter(Boolean) }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

// The first line a program prints, or '' when it does not run.
function firstLine(file, args) {
  try {
    const output = execFileSync(file, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return output.split('\n')[0]
  } catch {
    return ''
  }
}

function succeeds(file, args) {
  try {
    execFileSync(file, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// The questions, answered by this machine.
export function realProbes() {
  return {
    env: process.env,
    platform: process.platform,
    system: parseOsRelease(readText('/etc/os-release')),
    isRoot: process.getuid?.() === 0,
    canSudo: () => Boolean(findProgram('sudo')) && succeeds('sudo', ['-n', 'true']),
    program: (name) => findProgram(name),
    exists: existsSync,
    isExecutable,
    realPath: (file) => realpathSync(file),
    firstLine,
  }
}
