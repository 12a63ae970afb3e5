// LiveQueries: the requests of one catalog that somebody follows. After a commit, those that read a
// table it changed run again, once for all commits of a moment. The catalog may answer at once or
// with promises; nothing here knows which.
import type { Options } from '../options.js'
import type { LiveSource } from './live-source.js'
import { Live } from './live.js'
import { Run } from './run.js'

export class LiveQueries {
  readonly source: LiveSource
  // Those that are followed, by model and request: equal requests run once.
  readonly #followed = new Map<string, Run>()
  #stop: (() => void) | null = null
  #isPlanned = false

  constructor(source: LiveSource) {
    this.source = source
  }

  /** A live query of checked arguments. `text` is them as they go to the module. */
  open(model: number, args: Options, text: string): Live {
    const key = `${model} ${text}`
    const own = new Run(this.source, model, args)
    return new Live(() => this.#followed.get(key) ?? own, {
      follow: (run) => this.#follow(key, run),
      leave: (run) => this.#leave(key, run),
    })
  }

  /** Ends all of them, when the catalog is closed. */
  end(): void {
    const runs = [...this.#followed.values()]
    this.#followed.clear()
    this.#stop?.()
    for (const run of runs) run.end()
  }

  #follow(key: string, run: Run): void {
    this.#followed.set(key, run)
    this.#stop ??= this.source.onChange((changes) => {
      for (const one of this.#followed.values()) one.note(changes)
      this.#plan()
    })
  }

  #leave(key: string, run: Run): void {
    if (this.#followed.get(key) === run) this.#followed.delete(key)
    if (this.#followed.size > 0) return
    this.#stop?.()
    this.#stop = null
  }

  // Writes that follow each other without a pause are looked at together.
  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    queueMicrotask(() => {
      this.#isPlanned = false
      for (const run of [...this.#followed.values()]) run.update()
    })
  }
}
