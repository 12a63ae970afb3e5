// Moving among cards with the arrow keys, by where they stand on the screen. The choice is pure.

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
}

// Rows whose tops differ by less than this are one row.
const kSameRow_px = 8

// Which of `boxes` the key leads to from `from`; null when there is none that way.
function nextBox(boxes: readonly Box[], from: number, key: string): number | null {
  const start = boxes[from]
  if (!start) return null
  switch (key) {
    case 'ArrowRight':
      return from + 1 < boxes.length ? from + 1 : null
    case 'ArrowLeft':
      return from > 0 ? from - 1 : null
    case 'ArrowDown':
      return nearest(boxes, start, (box) => box.top - start.top)
    case 'ArrowUp':
      return nearest(boxes, start, (box) => start.top - box.top)
    case 'Home':
      return 0
    case 'End':
      return boxes.length - 1
    default:
      return null
  }
}

// The box in the next row that way, the one whose middle is closest.
function nearest(boxes: readonly Box[], start: Box, away: (box: Box) => number): number | null {
  let best: { index: number; rows: number; aside: number } | null = null
  boxes.forEach((box, index) => {
    const rows = away(box)
    if (rows < kSameRow_px) return
    const aside = Math.abs(box.left + box.width / 2 - start.left - start.width / 2)
    const isCloser =
      !best ||
      rows < best.rows - kSameRow_px ||
      (rows < best.rows + kSameRow_px && aside < best.aside)
    if (isCloser) best = { index, rows, aside }
  })
  return (best as { index: number } | null)?.index ?? null
}

// Moves the focus among the `cards` when `event` is an arrow key on one of them.
export function moveAmong(cards: readonly HTMLElement[], event: KeyboardEvent): void {
  const from = cards.indexOf(event.target as HTMLElement)
  if (from < 0 || event.altKey || event.ctrlKey || event.metaKey) return
  const to = nextBox(
    cards.map((card) => card.getBoundingClientRect()),
    from,
    event.key,
  )
  if (to === null) return
  event.preventDefault()
  cards[to]?.focus()
}
