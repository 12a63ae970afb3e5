// A process that commits until it is killed, and says after each commit that it is done.
// Arguments: a module with the package's inner parts, the module of wasm, the catalog's file, and
// its journal.
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [inner, wasm, file, journal] = process.argv.slice(2)

// Below the public entry, which offers no other journal.
async function openWith() {
  const { CatalogCore, Engine, catalogFace, loadModule, openFiles } = await import(
    pathToFileURL(inner).href
  )
  const engine = await Engine.start(await loadModule(wasm))
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
