// Conflicts: what a form writes of a row that others may have changed while it was open. It writes
// the fields that were changed in it and leaves the others as they are now.
import type { Data } from '../catalog/rows'
import type { Shop } from '../catalog/shop'
import { dataOf, kForms, valuesOf, type Field, type Values } from './forms'
import type { EditorDialog } from './state'

export type Change =
  // The columns to write.
  | { readonly data: Data; readonly conflicts?: undefined }
  // What is to be said at the fields that were changed here and elsewhere, and what the form begins
  // from when it is sent again: then those are written.
  | { readonly conflicts: Values; readonly loaded: Values }

// What to write for what was typed. Fails with NOT_FOUND when the row is gone.
export async function changeOf(shop: Shop, form: EditorDialog, typed: Values): Promise<Change> {
  const { model, id, loaded } = form
  const wanted = dataOf(model, typed)
  if (id === null || !loaded) return { data: wanted }
  const now = valuesOf(model, await shop.row(model, id))
  const [before, present] = [dataOf(model, loaded), dataOf(model, now)]
  const changed = kForms[model].filter(({ name }) => wanted[name] !== before[name])
  const both = changed.filter(({ name }) => {
    return present[name] !== before[name] && present[name] !== wanted[name]
  })
  if (both.length === 0) {
    return { data: Object.fromEntries(changed.map(({ name }) => [name, wanted[name] ?? null])) }
  }
  const said = both.map(async (field) => [field.name, await conflictWords(shop, field, now)])
  const seen = both.map(({ name }) => [name, now[name] ?? ''])
  const conflicts = Object.fromEntries(await Promise.all(said))
  return { conflicts, loaded: { ...loaded, ...Object.fromEntries(seen) } }
}

async function conflictWords(shop: Shop, field: Field, now: Values): Promise<string> {
  const value = now[field.name] ?? ''
  const name =
    field.from && value !== '' ? (await shop.row(field.from, Number(value)))['name'] : value
  const what = value === '' ? 'emptied' : `changed to “${name}”`
  return `Meanwhile this was ${what}. Save again to put yours in its place, or write that here.`
}
