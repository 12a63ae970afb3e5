// Where the package's own files are: beside its scripts, which say where they are unless they were
// bundled as a script or for require(): there is no import.meta then.
import { CatalogError } from './errors.js'

// The development server of Vite before 8 copies a package's scripts into node_modules/.vite/deps,
// or into such a folder of a framework's, and leaves the files beside them where they are.
const kCopies = /\/node_modules\/\.(?:[\w.-]+\/)+deps(?:_\w+)?\/(?=[^/]*$)/

/** `address`, where the package was installed. */
export function installed(address: URL): URL {
  const { href } = address
  const original = href.replace(kCopies, '/node_modules/vitrine/dist/')
  // Bundlers that know the place of the file may give a path without an origin.
  return original === href ? address : new URL(original)
}

/** What helps where nothing is at an address in node_modules: the original may lie elsewhere. */
export function addressAdvice(address: string): string {
  const isOfServer = address.includes('/node_modules/')
  return isOfServer ? " Before Vite 8: optimizeDeps: { exclude: ['vitrine'] }." : ''
}

/** What `find` gives. Fails with WASM_LOAD and `message` where it cannot. */
export function found<T>(find: () => T, message: string): T {
  try {
    return find()
  } catch (cause) {
    throw new CatalogError({ code: 'WASM_LOAD', path: 'wasm', message, cause })
  }
}

/** The address of vitrine.wasm, in a form that bundlers know. */
export function ownModule(): URL {
  return found(() => {
    // A statement: what collects the files of a server looks for no address in an arrow's value.
    return installed(new URL('./vitrine.wasm', import.meta.url))
  }, 'Where vitrine.wasm is cannot be told here: give its address in the option wasm.')
}
