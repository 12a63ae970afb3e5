// FileDrops: files that are dropped on a part of the page or pasted into it, as long as the view
// whose controller it is stands there. Without it a browser would leave the page and show the file
// that was dropped beside its target. What one part has taken, those around it leave alone.
import type { ReactiveController } from 'lit'
import { kFolderType } from '../state/words'

type Root = Pick<HTMLElement, 'addEventListener' | 'removeEventListener' | 'contains'>

export interface Taker {
  // Whether it takes what comes to this place; what it does not goes to the parts around it.
  takesAt(target: EventTarget | null): boolean
  take(files: readonly File[], target: EventTarget | null): void
  // Told what files are held over; null when they have gone.
  hover(target: EventTarget | null): void
}

export class FileDrops implements ReactiveController {
  readonly #root: Root
  readonly #taker: Taker

  constructor(root: Root, taker: Taker) {
    this.#root = root
    this.#taker = taker
  }

  hostConnected(): void {
    this.#root.addEventListener('dragover', this.#onOver)
    this.#root.addEventListener('dragleave', this.#onLeave)
    this.#root.addEventListener('drop', this.#onDrop)
    document.addEventListener('paste', this.#onPaste, this.#beforeAll)
  }

  hostDisconnected(): void {
    this.#root.removeEventListener('dragover', this.#onOver)
    this.#root.removeEventListener('dragleave', this.#onLeave)
    this.#root.removeEventListener('drop', this.#onDrop)
    document.removeEventListener('paste', this.#onPaste, this.#beforeAll)
  }

  // A paste need not come through the part it is meant for: a part hears of it before the document.
  get #beforeAll(): boolean {
    return this.#root !== document
  }

  #isMine(event: Event, place = event.target): boolean {
    return !event.defaultPrevented && this.#taker.takesAt(place)
  }

  readonly #onOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    if (!this.#isMine(event)) return this.#taker.hover(null)
    event.preventDefault()
    event.dataTransfer.dropEffect = isModal() ? 'none' : 'copy'
    this.#taker.hover(isModal() ? null : event.target)
  }

  // Leaving the page has no element to go to.
  readonly #onLeave = (event: DragEvent): void => {
    if (!this.#root.contains(event.relatedTarget as Node | null)) this.#taker.hover(null)
  }

  readonly #onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    this.#taker.hover(null)
    if (!this.#isMine(event)) return
    event.preventDefault()
    if (!isModal()) this.#taker.take(droppedFiles(event.dataTransfer), event.target)
  }

  // What also has text belongs to the field it is pasted into: tables come with a picture of
  // themselves.
  readonly #onPaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event
    const place = placeOf(event)
    const files = [...(clipboardData?.files ?? [])]
    const isText = clipboardData?.types.includes('text/plain') && isField(place)
    if (files.length === 0 || isText || isModal() || !this.#isMine(event, place)) return
    event.preventDefault()
    this.#taker.take(files, place)
  }
}

// What was dropped. A folder comes as a file that nobody can read: here its type says what it is.
export function droppedFiles({ files, items }: DataTransfer): readonly File[] {
  const places = [...items].filter(({ kind }) => kind === 'file')
  return [...files].map((file, at) => {
    const isFolder = places[at]?.webkitGetAsEntry()?.isDirectory
    return isFolder ? new File([], file.name, { type: kFolderType }) : file
  })
}

// Whether something lies over the page, which then takes no files.
export function isModal(): boolean {
  return document.querySelector('dialog[open]') !== null
}

// Where something is pasted: where the focus is. Firefox tells of it at the selected text, or at
// the body, wherever that is. Inside of what has the focus the text says more.
function placeOf({ target }: ClipboardEvent): EventTarget | null {
  const focused = document.activeElement
  return focused?.contains(target as Node) === false ? focused : target
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea')
}
