// Keeps room for the message at the foot of the screen: as long as one stands there, what is
// scrolled to, by Tab as well, comes to stand above it. So does what has the focus as it comes.

// Between the message and the edge of the screen, and above it, in CSS pixels.
const kAround_px = 32

// Measures `notice`, whose class `none` says that nothing stands in it, whenever it has changed.
export function keepNoticeRoom(notice: HTMLElement): void {
  const { style } = document.documentElement
  const observer = new ResizeObserver(() => {
    const room = notice.matches('.none') ? 0 : notice.offsetHeight + kAround_px
    style.setProperty('--notice-room', `${room}px`)
    const focused = document.activeElement
    if (room > 0 && focused && covers(notice, focused)) focused.scrollIntoView({ block: 'nearest' })
  })
  observer.observe(notice)
}

// What is higher than all that is seen beside the notice cannot be freed of it.
function covers(notice: HTMLElement, focused: Element): boolean {
  const { top, bottom } = notice.getBoundingClientRect()
  const box = focused.getBoundingClientRect()
  return !notice.contains(focused) && box.top < bottom && box.bottom > top && box.height < top
}
