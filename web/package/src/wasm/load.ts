// Loading the WebAssembly module from wherever the caller has it, and saying plainly what came when
// it is not one.
import { CatalogError } from '../errors.js'
import { addressAdvice } from '../own-address.js'
import { bytesIn } from '../values/bytes.js'
import { compile } from './compile.js'
import { readLocalFile } from './read-file.js'

/** Where the module is: its address, an answer to a fetch, its bytes, or itself compiled. */
export type WasmSource = string | URL | Response | WebAssembly.Module | ArrayBuffer | Uint8Array

const kAdvice = 'Serve vitrine.wasm beside the script, or give its address in the option wasm.'

function refuse(what: string, cause?: unknown): never {
  throw new CatalogError({ code: 'WASM_LOAD', message: `${what} ${kAdvice}`, cause })
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

// What the first bytes look like, for people.
function looksLike(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing'
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().toLowerCase()
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'HTML'
  return 'something else'
}

function refuseOther(bytes: Uint8Array, origin: string): never {
  const advice = addressAdvice(origin)
  refuse(`Expected WebAssembly, got ${looksLike(bytes)} from ${origin}.${advice}`)
}

function hasMagic(bytes: Uint8Array): boolean {
  return bytes[0] === 0x00 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d
}

async function compileBytes(bytes: Uint8Array, origin: string): Promise<WebAssembly.Module> {
  if (!hasMagic(bytes)) refuseOther(bytes, origin)
  try {
    // It copies them by itself, but takes none that other threads may write to.
    const isShared = !(bytes.buffer instanceof ArrayBuffer)
    return await compile(isShared ? bytes.slice() : (bytes as Uint8Array<ArrayBuffer>))
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) {
      return refuse(
        `The WebAssembly from ${origin} is cut off or damaged (${bytes.length} bytes), or this ` +
          'browser is too old for it.',
        error,
      )
    }
    return refuse(
      `This page may not compile WebAssembly (${reason(error)}); its Content-Security-Policy ` +
        `needs script-src 'wasm-unsafe-eval'.`,
      error,
    )
  }
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  const type = response.headers.get('content-type') ?? 'no content type'
  const address = response.url === '' ? 'a Response' : response.url
  const origin = `${address}, status ${response.status}, ${type}`
  if (response.bodyUsed) refuse(`The Response of ${origin} was already read.`)
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    return refuse(`Reading ${origin} stopped half-way (${reason(error)}).`, error)
  }
  if (!response.ok) refuseOther(bytes, origin)
  return compileBytes(bytes, origin)
}

async function compileAddress(address: string | URL): Promise<WebAssembly.Module> {
  let bytes: Uint8Array | null
  let response: Response | null = null
  try {
    bytes = readLocalFile(address)
    if (bytes === null) response = await fetch(address)
  } catch (error) {
    return refuse(`${String(address)} could not be read (${reason(error)}).`, error)
  }
  if (response !== null) return compileResponse(response)
  return compileBytes(bytes ?? new Uint8Array(), String(address))
}

// Compiled once per address: a second catalog starts without fetching.
const compiled = /* @__PURE__ */ new Map<string, Promise<WebAssembly.Module>>()

function compileOnce(address: string | URL): Promise<WebAssembly.Module> {
  const key = String(address)
  const known = compiled.get(key)
  if (known !== undefined) return known
  const promise = compileAddress(address)
  compiled.set(key, promise)
  // One that failed is tried again the next time.
  promise.catch(() => compiled.delete(key))
  return promise
}

/** The compiled module. Fails with WASM_LOAD, which names what came instead and where from. */
export async function loadModule(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source
  if (typeof source === 'string' || source instanceof URL) return compileOnce(source)
  const bytes = bytesIn(source)
  if (bytes !== null) return compileBytes(bytes, 'the bytes given')
  if (typeof Response !== 'undefined' && source instanceof Response) return compileResponse(source)
  return refuse('The option wasm is neither an address nor a Response, a Module or bytes.')
}
