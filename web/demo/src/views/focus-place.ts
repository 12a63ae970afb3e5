// FocusPlace: where in a list the focus is, so that what takes a row away leaves it there, at the
// row that comes next, and not at the beginning of the page.
interface Place {
  readonly list: Element
  readonly row: Element
  readonly at: number
}

export class FocusPlace {
  #place: Place | null = null

  // Notes where the focus has come to. A dialog is left for the place that it was opened from.
  note({ target }: FocusEvent): void {
    if (!(target instanceof Element) || target.closest('dialog')) return
    const row = target.closest('li, tr')
    const list = row?.parentElement
    this.#place = row && list ? { row, list, at: [...list.children].indexOf(row) } : null
  }

  // What takes the focus that is lost: the first in the row that now stands there, or in the last;
  // null when it was in no list, or that is gone or empty. A row that is still there keeps it.
  next(): HTMLElement | null {
    if (!this.#place?.list.isConnected) return null
    const { list, row, at } = this.#place
    const next = row.isConnected ? row : (list.children[at] ?? list.lastElementChild)
    return next?.querySelector<HTMLElement>('a, button:not(:disabled)') ?? null
  }
}
