// Does once, when the module is built, what every start would do alike: runs its
// vitrinePreinitialize() and makes the memory that this leaves the one that the module begins with.
// `node scripts/preinitialize.mjs FILE.wasm STACK_BYTES` rewrites FILE.wasm and its glue FILE.mjs,
// which know nothing of that function then. Code that only it called is left out by arrange.mjs.
import { readFileSync, writeFileSync } from 'node:fs'
import { preinitialize } from './lib/preinitialize.mjs'

const [file, stack_bytes] = process.argv.slice(2)
const glueFile = file.replace(/\.wasm$/, '.mjs')
const { wasm, glue } = preinitialize({
  wasm: readFileSync(file),
  glue: readFileSync(glueFile, 'utf8'),
  stack_bytes: Number(stack_bytes),
})
writeFileSync(file, wasm)
writeFileSync(glueFile, glue)
