// Are the npm packages in node_modules those of package-lock.json? A stamp with the lock file's
// hash answers without asking npm, which takes seconds.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './paths.mjs'
import { mustRun } from './run.mjs'
import { say } from './say.mjs'

const kStamp = 'node_modules/.vitrine-lock'

function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
}

// True when an earlier `npm ci` ended well for the lock file as it is now.
export function packagesAreFresh(folder = root) {
  const stamp = join(folder, kStamp)
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === lockHash(folder)
}

// Notes that node_modules holds what the lock file says.
export function stampPackages(folder = root) {
  writeFileSync(join(folder, kStamp), `${lockHash(folder)}\n`)
}

// Installs the packages of a folder that has a lock file of its own, unless they are there: what
// one suite alone needs, npm install in the root leaves out.
export async function installPackages(folder) {
  if (packagesAreFresh(folder)) return
  say(`Installing the packages of ${relative(root, folder)}/package-lock.json (npm ci).`)
  const advice = 'npm says above why. Then run the same command again.'
  await mustRun('npm', ['ci', '--loglevel=error'], { cwd: folder, show: true, advice })
  stampPackages(folder)
}
