// Copies: the shop that was here before another was put in its place. The catalog keeps a copy of
// it where it keeps files; in a shop of this tab alone, and in IndexedDB, there is none.
import type { Catalog } from 'vitrine'

export class Copies {
  readonly #db: Catalog

  constructor(db: Catalog) {
    this.#db = db
  }

  // Does the work, which replaces the shop, and gives the name of the copy that was made before;
  // null when there is none, or another tab made one beside it.
  async noting(work: () => Promise<void>): Promise<string | null> {
    const before = new Set((await this.#db.backups()).map(({ name }) => name))
    await work()
    const made = (await this.#db.backups()).filter(({ name }) => !before.has(name))
    return made.length === 1 ? (made[0]?.name ?? null) : null
  }

  // Whether nothing was changed since the copy was made and another shop put in its place: a new
  // one has no steps, and a newer replacement a newer copy.
  async isLast(copy: string): Promise<boolean> {
    const [copies, { undo }] = await Promise.all([this.#db.backups(), this.#db.history()])
    return copies[0]?.name === copy && undo.length === 0
  }

  // Puts the copy in the place of the shop that is here, if nothing was changed since; whether it
  // did.
  async putBack(copy: string): Promise<boolean> {
    const isLast = await this.isLast(copy)
    if (isLast) await this.#db.restore(copy)
    return isLast
  }
}
