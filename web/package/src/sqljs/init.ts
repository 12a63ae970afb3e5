// Starting the module for sql.js's interface, and the class of databases that a program then has.
import { CatalogError } from '../errors.js'
import { bytesIn } from '../values/bytes.js'
import { Engine } from '../wasm/engine.js'
import { loadModule } from '../wasm/load.js'
import type { WasmSource } from '../wasm/load.js'
import { RawDatabase } from './database.js'
import type { RawModule } from './module.js'
import type { SqlJsConfig, SqlJsStatic } from './types.js'

type Data = ArrayLike<number> | ArrayBuffer | string | null | undefined

/** The bytes of a file; none for what holds none. A string is one of bytes. */
function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return Uint8Array.from(data, (one) => one.charCodeAt(0))
  return bytesIn(data) ?? Uint8Array.from((data as ArrayLike<number> | null | undefined) ?? [])
}

function openDatabase(module: RawModule, data: Data, name: string, functions: boolean): number {
  const bytes = bytesOf(data)
  // SQLite takes this memory over.
  const image = bytes.length > 0 ? module.room(bytes.length) : 0
  if (image !== 0) module.bytes.set(bytes, image)
  const handle = module.withText(name, (at) =>
    module.glue._rawOpen(at, image, bytes.length, functions),
  )
  if (handle === 0) throw new Error('out of memory')
  return handle
}

function sqlJsOf(module: RawModule, functions: boolean): SqlJsStatic {
  class Database extends RawDatabase {
    constructor(data?: Data) {
      const name = `dbfile_${Math.floor(Math.random() * 0xffffffff)}`
      super(module, openDatabase(module, data, name, functions), name, true)
    }
  }
  return { Database, stackSave: () => module.glue._rawStack() }
}

// What a program that came from sql.js has to change, said where it fails.
function explain(error: unknown, what: string): unknown {
  if (!(error instanceof CatalogError)) return error
  const message =
    `${what} is no vitrine.wasm that belongs to this version of the package. sql.js's own ` +
    `sql-wasm.wasm does not fit: serve vitrine.wasm, and give that one. (${error.message})`
  return new CatalogError({ code: 'WASM_LOAD', message, cause: error })
}

/** Loads vitrine.wasm, which lies at `beside` unless `config` says otherwise. */
export async function startSqlJs(config: SqlJsConfig, beside: WasmSource): Promise<SqlJsStatic> {
  const { wasmBinary, locateFile, useOldExtensionFunctions } = config
  const prefix = String(beside).replace(/[^/]*$/, '')
  const located = locateFile?.('vitrine.wasm', prefix)
  const source = wasmBinary ?? located ?? beside
  try {
    const engine = await Engine.start(await loadModule(source))
    return sqlJsOf(engine.raw, useOldExtensionFunctions !== false)
  } catch (error) {
    if (wasmBinary) throw explain(error, 'The option wasmBinary')
    if (located === undefined) throw error
    throw explain(error, `What locateFile('vitrine.wasm') led to, ${located},`)
  }
}
