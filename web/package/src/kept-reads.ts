// Reads of one catalog by the plans that the module keeps for requests of the same form.
import { CatalogError } from './errors.js'
import { KeptPlans } from './kept-plans.js'
import { jsonOf } from './packet/answers.js'
import { openRead } from './values/open-request.js'
import type { OpenValue } from './values/open-request.js'
import type { Argument } from './values/outgoing.js'
import type { Answer, Engine } from './wasm/engine.js'

export class KeptReads {
  readonly #catalog: number
  readonly #plans = new KeptPlans()

  constructor(catalog: number) {
    this.#catalog = catalog
  }

  /** What runs this find or get by the plan kept for its like; null when none is. */
  open(engine: Engine, model: number, read: readonly Argument[]): (() => Answer) | null {
    const values: OpenValue[] = []
    const opened = openRead(read, values)
    if (opened === null) return null
    const plan = this.#plans.number(`${model},${opened}`, (number) =>
      this.#keep(engine, model, `[${number},${values.length},${opened}]`),
    )
    return plan === null ? null : () => engine.runKept(this.#catalog, plan, values)
  }

  // Mistakes are told by the ordinary call that follows.
  #keep(engine: Engine, model: number, text: string): boolean {
    try {
      const answer = engine.runWith(text, (glue, size) => glue.keep(this.#catalog, model, size))
      return jsonOf(answer) === true
    } catch (error) {
      if (error instanceof CatalogError) return false
      throw error
    }
  }
}
