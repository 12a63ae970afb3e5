// Which Emscripten builds the wasm, and the environment its programs need. An SDK on PATH or named
// by EMSDK comes before Debian's packages.
import { delimiter, dirname, join } from 'node:path'

// Debian's em++ loads acorn from here, but only when NODE_PATH says so.
const kDebianModules = '/usr/share/nodejs'
const kDebianEmscripten = '/usr/share/emscripten'

// The em++ to use, as a full path, or null. PATH is asked first; EMSDK names a folder.
export function findEmscripten(probes) {
  const onPath = probes.program('em++')
  if (onPath) return onPath
  const sdk = probes.env.EMSDK
  const inSdk = sdk && join(sdk, 'upstream', 'emscripten', 'em++')
  return inSdk && probes.isExecutable(inSdk) ? inSdk : null
}

// The environment in which emcmake and cmake run for the wasm build: this process's own, with
// Emscripten's folder on PATH, and NODE_PATH when Debian's em++ needs it.
export function emscriptenEnvironment(probes) {
  const program = findEmscripten(probes)
  const env = { ...probes.env }
  if (!program) return env
  env.PATH = [dirname(program), env.PATH].filter(Boolean).join(delimiter)
  const isDebians = probes.realPath(program).startsWith(kDebianEmscripten + '/')
  if (isDebians) env.NODE_PATH = [kDebianModules, env.NODE_PATH].filter(Boolean).join(delimiter)
  return env
}
