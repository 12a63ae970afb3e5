// Keeps a list at the field that it belongs to, over whatever lies there: below it, or above it
// where there is more room. Its place is on the screen, so that no dialog cuts it off.

// Less than this is not room enough, if there is more on the other side.
const kEnough_px = 260
const kMost_px = 360
const kGap_px = 4

// Places `list`, which has position: fixed, and again whenever something moves; gives what ends it.
export function keepBeside(list: HTMLElement, field: HTMLElement): () => void {
  const ended = new AbortController()
  const { signal } = ended
  const again = () => place(list, field)
  window.addEventListener('scroll', again, { signal, capture: true, passive: true })
  window.addEventListener('resize', again, { signal })
  // A phone's keys cover a part of the window.
  window.visualViewport?.addEventListener('resize', again, { signal })
  window.visualViewport?.addEventListener('scroll', again, { signal })
  again()
  return () => ended.abort()
}

function place(list: HTMLElement, field: HTMLElement): void {
  const box = field.getBoundingClientRect()
  const height = document.documentElement.clientHeight
  const seen = window.visualViewport
  const above = box.top - (seen?.offsetTop ?? 0)
  const below = (seen ? seen.offsetTop + seen.height : height) - box.bottom
  const isBelow = below >= Math.min(kEnough_px, above) || below >= above
  const room = (isBelow ? below : above) - 2 * kGap_px
  const { style } = list
  style.left = `${box.left}px`
  style.width = `${box.width}px`
  style.maxHeight = `${Math.max(0, Math.min(kMost_px, room))}px`
  style.top = isBelow ? `${box.bottom + kGap_px}px` : 'auto'
  style.bottom = isBelow ? 'auto' : `${height - box.top + kGap_px}px`
}
