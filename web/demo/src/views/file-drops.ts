// FileDrops: files that are dropped on the page or pasted into it, while it listens. Without it a
// browser would leave the page and show the file that was dropped beside its target.

export class FileDrops {
  readonly #take: (files: readonly File[]) => void
  readonly #hover: (isOver: boolean) => void

  // `take` is given the files, `hover` told whether some are held over the page.
  constructor(take: (files: readonly File[]) => void, hover: (isOver: boolean) => void) {
    this.#take = take
    this.#hover = hover
  }

  listen(): void {
    document.addEventListener('dragover', this.#onOver)
    document.addEventListener('dragleave', this.#onLeave)
    document.addEventListener('drop', this.#onDrop)
    document.addEventListener('paste', this.#onPaste)
  }

  stop(): void {
    document.removeEventListener('dragover', this.#onOver)
    document.removeEventListener('dragleave', this.#onLeave)
    document.removeEventListener('drop', this.#onDrop)
    document.removeEventListener('paste', this.#onPaste)
  }

  readonly #onOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = isModal() ? 'none' : 'copy'
    this.#hover(!isModal())
  }

  // Leaving the page has no element to go to.
  readonly #onLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.#hover(false)
  }

  readonly #onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.#hover(false)
    if (!isModal()) this.#take([...event.dataTransfer.files])
  }

  // What also has text belongs to the field it is pasted into: tables come with a picture of
  // themselves.
  readonly #onPaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event
    const files = [...(clipboardData?.files ?? [])]
    const isText = clipboardData?.types.includes('text/plain') && isField(event.target)
    if (files.length === 0 || isText || isModal()) return
    event.preventDefault()
    this.#take(files)
  }
}

function isModal(): boolean {
  return document.querySelector('dialog[open]') !== null
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea')
}
