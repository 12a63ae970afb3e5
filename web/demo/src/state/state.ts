// State: all that the page knows, as data that views are given. Only the store makes a new one.
import type { Pictures } from '../catalog/pictures'
import type { ModelName, Removal } from '../catalog/rows'
import type { StorageLine } from '../catalog/shop'
import type { Values } from './forms'
import type { Page } from './page'
import type { Route } from './route'

export type Choices = Readonly<
  Record<string, readonly { readonly id: number; readonly name: string }[]>
>

export interface EditorDialog {
  readonly kind: 'editor'
  readonly model: ModelName
  // null for a new row.
  readonly id: number | null
  readonly values: Values
  readonly choices: Choices
  readonly fieldErrors: Values
  readonly error: string
  // Grows with every try, so that the form moves the focus to the first error again.
  readonly tries: number
}
export interface DeleteDialog {
  readonly kind: 'delete'
  readonly model: ModelName
  readonly id: number
  readonly name: string
  readonly removal: Removal
}
export type Dialog = EditorDialog | DeleteDialog

export interface Notice {
  readonly tone: 'done' | 'problem'
  readonly words: string
}

export interface State {
  readonly phase: 'loading' | 'ready' | 'failed'
  // Why the shop could not be opened, while the phase is `failed`.
  readonly failure: string
  readonly route: Route
  // null until the shop is open.
  readonly page: Page | null
  readonly pictures: Pictures | null
  readonly dialog: Dialog | null
  readonly notice: Notice | null
  // Where the shop is kept; null until it is open.
  readonly storage: StorageLine | null
}

export function openingState(route: Route): State {
  const nothing = { page: null, pictures: null, dialog: null, notice: null, storage: null }
  return { phase: 'loading', failure: '', route, ...nothing }
}
