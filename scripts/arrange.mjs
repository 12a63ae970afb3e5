// Puts the functions of a wasm module into the order that compresses best: similar ones side by
// side. `node scripts/arrange.mjs FILE` rewrites FILE; the build runs it after linking. A module
// with something it does not know, such as the names of functions, is left as it is.
import { readFileSync, writeFileSync } from 'node:fs'
import { orderByLikeness } from './lib/alike.mjs'
import { readModule, writeModule } from './lib/wasm-module.mjs'

const [file] = process.argv.slice(2)
const linked = readFileSync(file)
try {
  const module = readModule(linked)
  const arranged = writeModule(module, orderByLikeness(module.functions.map(({ bytes }) => bytes)))
  new WebAssembly.Module(arranged)
  writeFileSync(file, arranged)
} catch (error) {
  console.warn(`The functions of ${file} stay in the linker's order: ${error.message}.`)
}
