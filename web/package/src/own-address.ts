// Where the package's own files are: beside its scripts, which say where they are unless they were
// bundled as a script or for require(): there is no import.meta then.
import { CatalogError } from './errors.js'

/** What `find` gives. Fails with WASM_LOAD where there is no address. */
export function besideScripts(find: () => URL, message: string): URL {
  try {
    return find()
  } catch (cause) {
    throw new CatalogError({ code: 'WASM_LOAD', path: 'wasm', message, cause })
  }
}

/** The address of vitrine.wasm, in a form that bundlers know. */
export function ownModule(): URL {
  return besideScripts(
    () => new URL('./vitrine.wasm', import.meta.url),
    'Where vitrine.wasm is cannot be told here: give its address in the option wasm.',
  )
}
