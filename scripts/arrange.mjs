// Puts the functions of a wasm module into the order that compresses best: similar ones side by
// side; those that nothing calls are left out. `node scripts/arrange.mjs FILE` rewrites FILE; the
// build runs it last. A module with something it does not know, such as the names of functions, is
// left as it is.
import { readFileSync, writeFileSync } from 'node:fs'
import { orderByLikeness } from './lib/alike.mjs'
import { liveFunctions, readModule, withoutAlignments, writeModule } from './lib/wasm-module.mjs'

const [file] = process.argv.slice(2)
const linked = readFileSync(file)
try {
  const found = readModule(linked)
  const module = { ...found, functions: found.functions.map(withoutAlignments) }
  const live = liveFunctions(module)
  const order = orderByLikeness(live.map((position) => module.functions[position].bytes))
  const arranged = writeModule(
    module,
    order.map((place) => live[place]),
  )
  new WebAssembly.Module(arranged)
  writeFileSync(file, arranged)
} catch (error) {
  console.warn(`The functions of ${file} stay in the linker's order: ${error.message}.`)
}
