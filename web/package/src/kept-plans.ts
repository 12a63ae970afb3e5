// KeptPlans: which requests the module keeps a plan for, and under which number. It bounds how many
// there are; what a plan is, the module knows.

/** As many as the module keeps. */
const kMaxPlans = 128
/** The number of a request that no plan can be kept for. */
const kNone = -1

export class KeptPlans {
  readonly #numbers = new Map<string, number>()
  // Numbers that no text has, below the #used that were ever given.
  readonly #spare: number[] = []
  #used = 0

  /**
   * The number of the plan for `text`, or null when there can be none. `keep` is called for a text
   * that is new, with the number to keep it under, and tells whether there is a plan then.
   */
  number(text: string, keep: (number: number) => boolean): number | null {
    const known = this.#numbers.get(text) ?? this.#add(text, keep)
    return known === kNone ? null : known
  }

  #add(text: string, keep: (number: number) => boolean): number {
    this.#makeRoom()
    const number = this.#spare.pop() ?? this.#used++
    const kept = keep(number)
    if (!kept) this.#spare.push(number)
    this.#numbers.set(text, kept ? number : kNone)
    return kept ? number : kNone
  }

  // The text that came first goes.
  #makeRoom(): void {
    if (this.#numbers.size < kMaxPlans) return
    for (const [text, number] of this.#numbers) {
      this.#numbers.delete(text)
      if (number !== kNone) this.#spare.push(number)
      return
    }
  }
}
