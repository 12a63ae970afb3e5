// What a visitor can do: components send these up, the store carries them out.
import type { GalleryChange, ItemName } from '../catalog/gallery'
import type { Data, ModelName } from '../catalog/rows'
import type { FileKind } from '../catalog/shop'
import type { Values } from './forms'
import type { Route } from './route'
import type { Visit } from './state'

export type Action =
  // Shows a view. A `silent` step leaves none in the history, as typing a search should not; a
  // `back` one was made by the browser's own buttons, and finds as many rows as there were.
  | {
      readonly kind: 'go'
      readonly route: Route
      readonly step?: Visit['step']
      readonly rows?: number
    }
  | { readonly kind: 'show-more' }
  // Opens the form of a row, or of a new one with some columns set.
  | { readonly kind: 'edit'; readonly model: ModelName; readonly id: number }
  | { readonly kind: 'add'; readonly model: ModelName; readonly preset: Data }
  | { readonly kind: 'save'; readonly values: Values }
  // Asks what a field of the form can be chosen from.
  | { readonly kind: 'look-up'; readonly field: string; readonly words: string }
  // Asks what a delete would take; `delete` then does what was asked about.
  | {
      readonly kind: 'ask-delete'
      readonly model: ModelName
      readonly id: number
      readonly name: string
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'close-dialog' }
  | { readonly kind: 'download'; readonly file: FileKind }
  // Asks whether a file may take the place of the shop; `replace-shop` then does what was asked
  // about, and `put-back` takes that back by the copy that was made.
  | { readonly kind: 'open-file'; readonly file: File }
  // Drops files where nothing takes them.
  | { readonly kind: 'misplace'; readonly files: readonly File[] }
  | { readonly kind: 'replace-shop' }
  | { readonly kind: 'put-back'; readonly copy: string }
  // Adds what an archive has to the shop.
  | { readonly kind: 'import-archive'; readonly file: File }
  // Opens the shop that this browser keeps, or one that lives in this tab alone.
  | { readonly kind: 'start' }
  | { readonly kind: 'start-unkept' }
  | { readonly kind: 'start-empty' }
  | { readonly kind: 'dismiss-notice' }
  // Puts pictures on a product, or one on an item of it; gives one up that is on its way; changes
  // those that are there.
  | {
      readonly kind: 'upload'
      readonly productId: number
      readonly item?: ItemName
      readonly files: readonly File[]
    }
  | { readonly kind: 'dismiss-upload'; readonly id: number }
  | { readonly kind: 'gallery'; readonly productId: number; readonly change: GalleryChange }
  | { readonly kind: 'remove-item-picture'; readonly item: ItemName }
  // Changes the words that stand for the picture of an item.
  | { readonly kind: 'describe-item-picture'; readonly item: ItemName; readonly alt: string }
  // Shows a picture of the product's page as large as the screen: the product's, or an item's.
  | { readonly kind: 'look'; readonly index: number }
  | { readonly kind: 'look-at-item'; readonly item: ItemName }
  // Takes one step of the history back, if it is still the last one; without a step the last
  // change, whichever that is. Or makes it again.
  | { readonly kind: 'undo'; readonly step?: string }
  | { readonly kind: 'redo' }
  // Asks the browser not to delete the shop when it needs room.
  | { readonly kind: 'keep' }
  // Gives up what is being done to the whole shop.
  | { readonly kind: 'stop' }
  // Another tab may have changed the shop.
  | { readonly kind: 'changed' }

// What ends with a notice of its own: the one before goes as it begins.
const kWrites: readonly Action['kind'][] = [
  'save',
  'delete',
  'upload',
  'undo',
  'redo',
  'gallery',
  'remove-item-picture',
  'describe-item-picture',
  'open-file',
  'replace-shop',
  'put-back',
  'import-archive',
  'download',
]

// Whether it writes to the shop, or hands it out: what takes a moment, and ends with the page.
export function isWrite({ kind }: Action): boolean {
  return kWrites.includes(kind)
}

// The event that carries an Action from a component up to the application.
export class ActionEvent extends Event {
  static readonly type = 'vitrine-action'
  readonly action: Action

  constructor(action: Action) {
    super(ActionEvent.type, { bubbles: true })
    this.action = action
  }
}

// Sends `action` up from `target`.
export function send(target: EventTarget, action: Action): void {
  target.dispatchEvent(new ActionEvent(action))
}
