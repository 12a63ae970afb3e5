// A process that commits until it is killed, and says after each commit that it is done.
// Arguments: the folder of the installed package, the catalog's file, and its journal.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [installed, file, journal] = process.argv.slice(2)
const part = (path) => import(pathToFileURL(join(installed, 'dist', path)).href)

// Below the public entry, which offers no other journal.
async function openWith() {
  const { catalogFace } = await part('open.js')
  const { CatalogCore } = await part('catalog-core.js')
  const { Engine } = await part('wasm/engine.js')
  const { loadModule } = await part('wasm/load.js')
  const { openFiles } = await part('storage/node-files.js')
  const engine = await Engine.start(await loadModule(join(installed, 'dist', 'vitrine.wasm')))
  const { files, release } = openFiles(file)
  return catalogFace(CatalogCore.openFiles(engine, files, journal, release))
}

const db = await openWith()
const [{ last }] = db.sql`SELECT coalesce(max(CAST(symbol AS INTEGER)), 0) AS last FROM uom`

// Every commit writes one new row, and the same number into all that there are.
for (let number = last + 1; ; number++) {
  const symbol = String(number)
  db.transaction((tx) => {
    tx.sql`UPDATE uom SET symbol = ${symbol}`
    tx.sql`INSERT INTO uom (name, symbol) VALUES (${`${symbol} ${'x'.repeat(230)}`}, ${symbol})`
  })
  writeSync(1, `${symbol}\n`)
}
