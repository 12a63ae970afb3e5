// vitrine/sqljs: what sql.js's own entry gives, over the catalog's WebAssembly module.
// docs/from-sqljs.md says what is the same, what is more and what is less.
import { installed } from './own-address.js'
import { startSqlJs } from './sqljs/init.js'
import type { SqlJsConfig, SqlJsStatic } from './sqljs/types.js'

export type * from './sqljs/types.js'

let started: Promise<SqlJsStatic> | undefined

/**
 * Loads the module, once: later calls give the same, whatever their config. A call after one that
 * failed tries again. Fails with a CatalogError, WASM_LOAD, when the module cannot be loaded.
 * @example
 * const SQL = await sqljs.default()
 * const memory = new SQL.Database()
 * memory.exec("SELECT 'hello'")[0].values[0][0]
 * memory.close()
 */
export default function initSqlJs(config: SqlJsConfig = {}): Promise<SqlJsStatic> {
  if (started !== undefined) return started
  const starting = startSqlJs(config, installed(new URL('./vitrine.wasm', import.meta.url)))
  starting.catch(() => (started = undefined))
  started = starting
  return starting
}
