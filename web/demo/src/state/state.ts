// State: all that the page knows, as data that views are given. Only the store makes a new one.
import type { ItemName } from '../catalog/gallery'
import type { Pictures } from '../catalog/pictures'
import type { ModelName, Picture, Removal } from '../catalog/rows'
import type { StorageLine } from '../catalog/shop'
import type { Outcome } from '../catalog/steps'
import type { Choices } from './choices'
import type { Values } from './forms'
import type { Page } from './page'
import type { Route } from './route'
import type { Upload } from './uploads'

export interface EditorDialog {
  readonly kind: 'editor'
  // Each dialog that is opened has another number.
  readonly opened: number
  readonly model: ModelName
  // null for a new row.
  readonly id: number | null
  // null until the row is here.
  readonly values: Values | null
  // What the row had when it was read last; null for a new one, and until it is here.
  readonly loaded: Values | null
  // By field; none until they are here.
  readonly choices: Readonly<Record<string, Choices>>
  readonly fieldErrors: Values
  readonly error: string
  // Grows with every try, so that the form moves the focus to the first error again.
  readonly tries: number
  // What it was asked to do is being done.
  readonly isBusy: boolean
}
export interface DeleteDialog {
  readonly kind: 'delete'
  readonly opened: number
  readonly model: ModelName
  readonly id: number
  readonly name: string
  // null until it has been counted.
  readonly removal: Removal | null
  readonly isBusy: boolean
}
export interface ReplaceDialog {
  readonly kind: 'replace'
  readonly opened: number
  // What is to take the place of the shop, and what the shop has; null where nobody can tell.
  readonly file: File
  readonly counts: Removal | null
  readonly isBusy: boolean
}
export type Dialog = EditorDialog | DeleteDialog | ReplaceDialog

// What the lightbox shows: one of the product's pictures, or that of an item.
export interface Look {
  readonly productId: number
  readonly item: ItemName | null
  readonly name: string
  readonly sets: readonly (readonly Picture[])[]
  readonly index: number
  // What was done to it: the page's own message lies under it.
  readonly said: string
}

export interface Notice {
  // 'work' is of what is still being done.
  readonly tone: 'done' | 'problem' | 'work'
  readonly words: string
  // The step of the history that it speaks of, while that can be taken back by itself.
  readonly undo?: string | null
  // The copy of the shop that another has taken the place of, while nothing was changed since.
  readonly copy?: string | null
}

// Work on the whole shop. How much of it is done, from 0 to 1, is told by what can also be stopped.
export interface Work {
  readonly words: string
  readonly part: number | null
}

// What is said after work on the shop, `words` where that has changed something.
export function doneNotice(words: string, { isChanged, step }: Outcome): Notice {
  return { tone: 'done', words: isChanged ? words : 'Nothing was changed.', undo: step }
}

// A view and how the visitor came to it: by a step forward, by one that leaves none in the history,
// or by the browser's own buttons.
export interface Visit {
  readonly route: Route
  readonly step: 'forward' | 'silent' | 'back'
}

export interface State {
  readonly phase: 'loading' | 'ready' | 'failed'
  // Why the shop could not be opened, while the phase is `failed`.
  readonly failure: string
  // What was asked for last, and what the page shows: the same once it has been loaded.
  readonly wanted: Visit
  readonly shown: Visit | null
  // null until the shop is open.
  readonly page: Page | null
  readonly pictures: Pictures | null
  readonly dialog: Dialog | null
  readonly look: Look | null
  readonly uploads: readonly Upload[]
  readonly notice: Notice | null
  // What is done to the whole shop just now, and takes a while; null mostly.
  readonly work: Work | null
  // Where the shop is kept; null until it is open.
  readonly storage: StorageLine | null
}

export function openingState(route: Route): State {
  const nothing = { page: null, pictures: null, dialog: null, look: null, notice: null }
  const wanted: Visit = { route, step: 'silent' }
  return {
    phase: 'loading',
    failure: '',
    wanted,
    shown: null,
    uploads: [],
    work: null,
    storage: null,
    ...nothing,
  }
}

// The route that a view's search and choices begin from: what is wanted of the same view, else what
// is shown. So what is typed stays, however long its page takes.
export function counterRoute<R extends Route>(shown: R, { route }: Visit): R {
  const isSame =
    route.view === shown.view &&
    (route.view !== 'manage' || shown.view !== 'manage' || route.model === shown.model)
  return isSame ? (route as R) : shown
}

// The visit to `route`. One that is asked for before the last is shown takes its place, and so
// leaves a step in the history if that one would have.
export function nextVisit({ wanted, shown }: State, next: Visit): Visit {
  const isOnTheWay = shown !== null && wanted !== shown
  const isForward = isOnTheWay && wanted.step === 'forward' && next.step === 'silent'
  return isForward ? { ...next, step: 'forward' } : next
}
