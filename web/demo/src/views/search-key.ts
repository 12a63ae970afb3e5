// SearchKey: the key that leads to the search from any view. What is typed before the search is on
// the screen is not lost: it is put there when it is.

export class SearchKey {
  // What was typed meanwhile; null when the search is not waited for.
  #ahead: string | null = null

  // Whether the key was taken. `show` brings the view that has the search, when there is none.
  take(event: KeyboardEvent, show: () => Promise<void>): boolean {
    if (this.#ahead !== null) return this.#keep(event)
    if (event.key !== '/' || isTyping(event)) return false
    event.preventDefault()
    void this.#open(show)
    return true
  }

  #keep(event: KeyboardEvent): boolean {
    if (event.key.length !== 1) return false
    event.preventDefault()
    this.#ahead += event.key
    return true
  }

  async #open(show: () => Promise<void>): Promise<void> {
    this.#ahead = ''
    if (!searchField()) await show()
    const field = searchField()
    const typed = this.#ahead
    this.#ahead = null
    field?.select()
    if (!field || typed === '') return
    field.value = typed
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}

// A field in which there is a text to be written: a button that chooses a file is an input, too.
export function isTyping(event: KeyboardEvent): boolean {
  return (event.target as Element).matches(
    ':is(input:not([type]), [type=text], [type=search], textarea)',
  )
}

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#search')
}
