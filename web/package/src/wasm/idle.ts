// Idle: the engines that no catalog uses any more, one for each module. The next catalog begins in
// one: its memory is there already, where a new one asks the system for every page. What an engine
// is does not matter here.

/** One that has grown larger gives its memory back instead. */
const kMostBytes = 64 * 1024 * 1024

export class Idle<Engine> {
  readonly #byModule = new WeakMap<WebAssembly.Module, Engine>()

  /** Keeps `engine`, in the place of one that was kept. */
  keep(module: WebAssembly.Module, engine: Engine, memoryBytes: number): void {
    if (memoryBytes <= kMostBytes) this.#byModule.set(module, engine)
  }

  /** The engine kept for `module`, which is kept no longer. */
  take(module: WebAssembly.Module): Engine | undefined {
    const engine = this.#byModule.get(module)
    this.#byModule.delete(module)
    return engine
  }

  /** Keeps `engine` no longer, if it was. */
  forget(module: WebAssembly.Module, engine: Engine): void {
    if (this.#byModule.get(module) === engine) this.#byModule.delete(module)
  }
}
