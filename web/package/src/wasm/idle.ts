// Engines that no catalog uses any more, one for each module. The next catalog begins in one: its
// memory is there already, where a new one asks the system for every page.
import type { Engine } from './engine.js'

/** One that has grown larger gives its memory back instead. */
const kMostBytes = 64 * 1024 * 1024

const idle = /* @__PURE__ */ new WeakMap<WebAssembly.Module, Engine>()

/** Keeps `engine`, in the place of one that was kept. */
export function keepIdle(module: WebAssembly.Module, engine: Engine, memoryBytes: number): void {
  if (memoryBytes <= kMostBytes) idle.set(module, engine)
}

/** The engine kept for `module`, which is kept no longer. */
export function takeIdle(module: WebAssembly.Module): Engine | undefined {
  const engine = idle.get(module)
  idle.delete(module)
  return engine
}

/** Keeps `engine` no longer, if it was. */
export function forgetIdle(module: WebAssembly.Module, engine: Engine): void {
  if (idle.get(module) === engine) idle.delete(module)
}
