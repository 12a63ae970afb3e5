// What a visitor downloads for each lane: the JavaScript that a bundler emits, and the module.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const require = createRequire(import.meta.url)
const resolve = (name) => fileURLToPath(import.meta.resolve(name))
const sqljs = () => join(dirname(require.resolve('sql.js')), 'sql-wasm-browser.wasm')

const kSqljs = "export { default as initSqlJs } from 'sql.js';"
const drizzle = [
  "export { drizzle } from 'drizzle-orm/sql-js'",
  "export { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core'",
  "export { eq, asc, desc, count, min, max, relations, sql } from 'drizzle-orm'",
]
const kysely = [
  "export { Kysely, SqliteDialect, ParseJSONResultsPlugin } from 'kysely'",
  "export { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/sqlite'",
]

// What a program imports from each lane's library, and the module that goes with it.
const downloads = {
  vitrine: ["export { openCatalog } from 'vitrine/sync'", () => resolve('vitrine/vitrine.wasm')],
  sqljs: [kSqljs, sqljs],
  'sqlite-wasm': [
    "export { default } from '@sqlite.org/sqlite-wasm'",
    () => resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'),
  ],
  drizzle: [[kSqljs, ...drizzle].join('\n'), sqljs],
  kysely: [[kSqljs, ...kysely].join('\n'), sqljs],
  typeorm: [`${kSqljs} export { DataSource, EntitySchema } from 'typeorm/browser'`, sqljs],
  'chromium:dexie': ["export { Dexie } from 'dexie'", null],
}

const brotli = (bytes) => brotliCompressSync(bytes).length

// { bytes: { values: [kB] } } of a lane, or nothing for one that is no download. A library that
// cannot be bundled for a browser is absent, with the bundler's word on why.
export async function emittedBytes(lane) {
  if (!(lane in downloads)) return {}
  const [contents, module] = downloads[lane]
  const stdin = { contents, resolveDir: here('.') }
  const how = { bundle: true, format: 'esm', minify: true, platform: 'browser', write: false }
  try {
    const { outputFiles } = await build({ stdin, ...how, logLevel: 'silent' })
    const script = brotli(outputFiles[0].contents)
    const total = script + (module ? brotli(readFileSync(module())) : 0)
    return { bytes: { values: [total / 1000] } }
  } catch (error) {
    const [first] = error.errors ?? [{ text: error.message }]
    return { bytes: { absent: `cannot be bundled: ${first.text}` } }
  }
}
