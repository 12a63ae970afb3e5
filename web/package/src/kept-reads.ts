// Reads of one catalog by the plans that the module keeps for requests of the same form.
import { CatalogError } from './errors.js'
import { KeptPlans } from './kept-plans.js'
import { kNoOptions } from './options.js'
import { jsonOf } from './packet/answers.js'
import { openRead } from './values/open-request.js'
import type { OpenValue } from './values/open-request.js'
import type { Argument } from './values/outgoing.js'
import type { Answer, Engine } from './wasm/engine.js'

export class KeptReads {
  readonly #catalog: number
  readonly #plans = new KeptPlans()
  // By model: the text of a get by a whole number alone, which takes long to write each time.
  readonly #keyTexts: string[] = []

  constructor(catalog: number) {
    this.#catalog = catalog
  }

  /** What runs this find or get by the plan kept for its like; null when none is. */
  open(engine: Engine, model: number, read: readonly Argument[]): (() => Answer) | null {
    const values: OpenValue[] = []
    const opened = this.#opened(model, read, values)
    if (opened === null) return null
    const plan = this.#plans.number(opened, (number) => {
      const request = opened.slice(opened.indexOf(',') + 1)
      return this.#keep(engine, model, `[${number},${values.length},${request}]`)
    })
    return plan === null ? null : () => engine.runKept(this.#catalog, plan, values)
  }

  // The model and what is left of the request, as text; null when it cannot be opened.
  #opened(model: number, read: readonly Argument[], values: OpenValue[]): string | null {
    const isPlain = byNumber(read)
    if (isPlain && model in this.#keyTexts) {
      values.push(read[0][1] as number)
      return this.#keyTexts[model]
    }
    const opened = openRead(read, values)
    if (opened === null) return null
    const text = `${model},${opened}`
    if (isPlain) this.#keyTexts[model] = text
    return text
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

function byNumber(read: readonly Argument[]): boolean {
  if (read.length !== 2 || read[1][1] !== kNoOptions) return false
  const [[, key]] = read
  return Number.isSafeInteger(key) && key !== 0
}
