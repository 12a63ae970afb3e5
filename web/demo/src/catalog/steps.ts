// Steps: which step of the history a change has left, so that this one is taken back and no other.
// Any tab may write at any time: what came in beside a change is never taken for it.
import type { Catalog } from 'vitrine'

// What a piece of work has done to the shop.
export interface Outcome {
  readonly isChanged: boolean
  // The name of its step; null when there is none that can be taken back by itself.
  readonly step: string | null
}

// Where a step is: the last one, behind newer ones, taken back already, or kept no more.
export type Place = 'last' | 'behind' | 'undone' | 'gone'

type History = Awaited<ReturnType<Catalog['history']>>

export class Steps {
  readonly #db: Catalog

  constructor(db: Catalog) {
    this.#db = db
  }

  // Does the work, and says what it has left.
  async noting(work: () => Promise<unknown>): Promise<Outcome> {
    const before = await this.#db.history()
    await work()
    const after = await this.#db.history()
    const [last, second] = after.undo
    const isChanged = nameOf(last) !== nameOf(before.undo[0])
    const isOne = isChanged && nameOf(second) === nameOf(before.undo[0])
    return { isChanged, step: isOne && last?.undoable ? nameOf(last) : null }
  }

  async placeOf(step: string): Promise<Place> {
    const { undo, redo } = await this.#db.history()
    const at = undo.findIndex((one) => nameOf(one) === step)
    if (at >= 0) return at === 0 ? 'last' : 'behind'
    return redo.some((one) => nameOf(one) === step) ? 'undone' : 'gone'
  }

  // Takes the step back if it is the last one, and says where it was.
  async takeBack(step: string): Promise<Place> {
    const place = await this.placeOf(step)
    if (place === 'last') await this.#db.undo()
    return place
  }
}

// No two steps have changed as many rows of the same tables in the same millisecond.
function nameOf(step: History['undo'][number] | undefined): string | null {
  return step ? `${step.made_at} ${JSON.stringify(step.changes)}` : null
}
