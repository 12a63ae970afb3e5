// Choices: what the related row of a form is chosen from. A few rows are shown as they are; of many
// only those are asked for that what is typed may mean.
import type { ModelName } from '../catalog/rows'
import type { NamedRow, Shop } from '../catalog/shop'
import { kForms, typedName, type Values } from './forms'

// As many as are found in one look. More than these are searched.
export const kMostChoices = 30

export interface Lookup {
  // What was looked for; nothing for the first rows by name.
  readonly words: string
  // At most kMostChoices.
  readonly rows: readonly NamedRow[]
  readonly isMore: boolean
}

export interface Choices {
  // Whether these are all there are.
  readonly isShort: boolean
  // The one that the row had when the form was opened.
  readonly chosen: NamedRow | null
  readonly found: Lookup
}

export async function lookUp(shop: Shop, from: ModelName, words: string): Promise<Lookup> {
  const rows = await shop.names(from, words, kMostChoices + 1)
  return { words, rows: rows.slice(0, kMostChoices), isMore: rows.length > kMostChoices }
}

// What each choice in the form of `model` is from, when it is opened with `values`.
export async function choicesOf(
  shop: Shop,
  model: ModelName,
  values: Values,
): Promise<Readonly<Record<string, Choices>>> {
  const choices = kForms[model].map(async ({ name, from }) => {
    if (!from) return []
    const [found, chosen] = await Promise.all([
      lookUp(shop, from, ''),
      chosenRow(shop, from, values[name] ?? ''),
    ])
    return [[name, { isShort: !found.isMore, chosen, found }] as const]
  })
  return Object.fromEntries((await Promise.all(choices)).flat())
}

// The values with the rows that were not chosen but called by their names.
export async function withNamed(shop: Shop, model: ModelName, values: Values): Promise<Values> {
  const named = kForms[model].map(async (field) => {
    const typed = (values[typedName(field)] ?? '').trim()
    if (!field.from || typed === '' || values[field.name] !== '') return []
    const row =
      (await shop.named(field.from, typed)) ??
      sameName((await lookUp(shop, field.from, typed)).rows, typed)
    return row ? [[field.name, String(row.id)] as const] : []
  })
  return { ...values, ...Object.fromEntries((await Promise.all(named)).flat()) }
}

// The one that is called so, in whichever case; null when there is none.
export function sameName(rows: readonly NamedRow[], name: string): NamedRow | null {
  const wanted = name.trim().toLowerCase()
  return rows.find((row) => row.name.toLowerCase() === wanted) ?? null
}

async function chosenRow(shop: Shop, from: ModelName, id: string): Promise<NamedRow | null> {
  if (id === '') return null
  const row = await shop.row(from, Number(id))
  return { id: Number(id), name: String(row['name']) }
}
