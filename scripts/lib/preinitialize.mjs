// See scripts/preinitialize.mjs. Wizer does the same for modules of WASI; this one is for
// Emscripten's, whose exports have short names that only the glue knows, and it needs no program
// beyond Node.
import { pieces, stackBase, withMemory } from './wasm-memory.mjs'
import {
  kHeaderBytes,
  kId,
  readExports,
  readSections,
  writeExports,
  writeSections,
} from './wasm-sections.mjs'

// A glue says Module["_f"]=Module["asm"]["S"], a later one Module["_f"]=wasmExports["S"], today's
// Module["_f"]=_f=wasmExports["S"]; all but the last within a function that is declared as _f.
const kExport = /vitrinePreinitialize"\](?:=_\w+)?=(?:Module\["asm"\]|wasmExports)\["(\w+)"\]/
const kDeclaration = /var _vitrinePreinitialize=[^;]*;/

function memoryAfter(bytes, name) {
  const module = new WebAssembly.Module(bytes)
  const imports = {}
  for (const each of WebAssembly.Module.imports(module)) {
    imports[each.module] ??= {}
    imports[each.module][each.name] = () => {
      throw new Error(`vitrinePreinitialize() calls JavaScript (the import "${each.name}")`)
    }
  }
  const { exports } = new WebAssembly.Instance(module, imports)
  const memory = Object.values(exports).find((each) => each instanceof WebAssembly.Memory)
  const { byteLength } = memory.buffer
  exports[name]()
  if (memory.buffer.byteLength !== byteLength) throw new Error('the memory had to grow')
  return new Uint8Array(memory.buffer)
}

const withoutExport = (body, name) =>
  writeExports(readExports(body).filter((each) => each.name !== name))

// { wasm, glue } of a linked module and its glue, so begun. Fails with an Error when the glue does
// not tell of vitrinePreinitialize(), and when that calls JavaScript or fails.
export function preinitialize({ wasm, glue, stack_bytes }) {
  const name = kExport.exec(glue)?.[1]
  if (!name) throw new Error('the glue does not say how vitrinePreinitialize() is exported')
  const memory = memoryAfter(wasm, name)
  // What a call left on the stack means nothing to the next one.
  const sections = readSections(wasm)
  const base = stackBase(sections)
  memory.fill(0, base - stack_bytes, base)
  const begun = withMemory(sections, pieces(memory)).map(({ id, body }) => ({
    id,
    body: id === kId.exports ? withoutExport(body, name) : body,
  }))
  return {
    wasm: writeSections(wasm.subarray(0, kHeaderBytes), begun),
    glue: glue.replace(kDeclaration, ''),
  }
}
