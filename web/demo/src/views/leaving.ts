// Leaving: while something would be lost with the page, the browser asks before it is closed or
// loaded again, in its own words.
const unsaved = new Set<unknown>()

// Notes whether `what` would be lost. A page that listens is not kept for a step back to it, so it
// does only while something would.
export function noteUnsaved(what: unknown, isUnsaved: boolean): void {
  if (isUnsaved) unsaved.add(what)
  else unsaved.delete(what)
  if (unsaved.size > 0) window.addEventListener('beforeunload', askFirst)
  else window.removeEventListener('beforeunload', askFirst)
}

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
