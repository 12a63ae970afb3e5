// A module of its own, with a config of its own: initSqlJs() itself starts only once per program.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installed } from '../../package/support/installed.mjs'

let copies = 0

// A fresh copy of the entry: Node knows modules by their address, query included.
export async function startSqlJs(config) {
  const entry = pathToFileURL(join(installed, 'dist', 'sqljs.node.js'))
  entry.search = `copy=${++copies}`
  const { default: initSqlJs } = await import(entry.href)
  return initSqlJs(config)
}
