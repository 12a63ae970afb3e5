// npm's sql.js 1.16 and vitrine/sqljs side by side. What a call gives or throws becomes a value
// that can be compared.
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import initTheirs from 'sql.js'
import { consumer } from '../../package/support/installed.mjs'

// sql.js says on each first use of a function of its own that it will go one day.
console.warn = (text) => {
  if (!String(text).startsWith('sql.js: legacy function')) process.stderr.write(`${text}\n`)
}

export const requireInstalled = createRequire(join(consumer, 'index.cjs'))

// As a program there would import it.
await writeFile(join(consumer, 'sqljs.mjs'), "export { default } from 'vitrine/sqljs'\n")
const { default: initOurs } = await import(join(consumer, 'sqljs.mjs'))

export { initOurs, initTheirs }
export const ours = await initOurs()
export const theirs = await initTheirs()

// What is different in every run, or belongs to the object and not to its answer.
const isOpaque = (value) => typeof value === 'object' && value !== null && 'filename' in value

export function plain(value) {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (typeof value === 'bigint') return { bigint: String(value) }
  if (Array.isArray(value)) return value.map(plain)
  if (isOpaque(value)) return 'a database'
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).map(([name, one]) => [name, plain(one)])
}

// { gave } or { threw }: a string as it is, an Error by its message.
export function outcome(work) {
  try {
    return { gave: plain(work()) }
  } catch (error) {
    return { threw: typeof error === 'string' ? { string: error } : { error: error.message } }
  }
}

// What `work` does with a database of each, which are closed afterwards.
export function inBoth(work) {
  const run = (sqlJs) => {
    const db = new sqlJs.Database()
    try {
      return outcome(() => work(db, sqlJs))
    } finally {
      db.close()
    }
  }
  return { ours: run(ours), theirs: run(theirs) }
}
