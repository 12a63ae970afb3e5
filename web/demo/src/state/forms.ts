// The forms of the back office, as data: a model's fields, what is typed, what is written. Pure.
import type { Data, ModelName } from '../catalog/rows'
import { kNouns } from './words'

export interface Field {
  // The column.
  readonly name: string
  readonly label: string
  readonly kind: 'line' | 'text' | 'choice'
  readonly hint?: string
  // How many code points the column holds.
  readonly limit?: number
  // What the choice is from, and what to call choosing none where that is allowed.
  readonly from?: ModelName
  readonly none?: string
  readonly isOptional?: boolean
}

// What is typed into a form, by field; of a choice the row's id.
export type Values = Readonly<Record<string, string>>

const kName: Field = {
  name: 'name',
  label: 'Name',
  kind: 'line',
  limit: 255,
  hint: 'As on the label; no two may share one.',
}

export const kForms: Readonly<Record<ModelName, readonly Field[]>> = {
  category: [kName, { name: 'description', label: 'Description', kind: 'text' }],
  product: [
    { ...kName, hint: 'As on the shelf; no two products may share one.' },
    { name: 'description', label: 'Description', kind: 'text', limit: 255 },
    {
      name: 'category_id',
      label: 'Category',
      kind: 'choice',
      from: 'category',
      none: 'None yet',
      isOptional: true,
    },
  ],
  product_item: [
    kName,
    { name: 'description', label: 'Description', kind: 'text' },
    { name: 'product_id', label: 'Product', kind: 'choice', from: 'product' },
    {
      name: 'uom_id',
      label: 'Sold by the',
      kind: 'choice',
      from: 'uom',
      hint: 'The unit it is counted or weighed in.',
    },
  ],
  uom: [
    { ...kName, hint: 'What a customer says: kilogram, loaf, pair.' },
    {
      name: 'symbol',
      label: 'Symbol',
      kind: 'line',
      limit: 32,
      hint: 'Short, like kg.',
      isOptional: true,
    },
  ],
}

// What a form shows for a row; empty fields for a new one, but for those in `preset`.
export function valuesOf(model: ModelName, row: Data): Values {
  return Object.fromEntries(kForms[model].map(({ name }) => [name, shownText(row[name])]))
}

// As a field shows it: its lines end in one way.
function shownText(value: Data[string] | undefined): string {
  return String(value ?? '').replace(/\r\n?/g, '\n')
}

// Where the values have what was typed to find a row: it may be none.
export function typedName({ name }: Field): string {
  return `${name}.typed`
}

// The columns to write for what was typed. An empty optional field is null.
export function dataOf(model: ModelName, values: Values): Data {
  return Object.fromEntries(
    kForms[model].map((field) => {
      const text = (values[field.name] ?? '').trim()
      if (text === '' && field.isOptional) return [field.name, null]
      return [field.name, field.kind === 'choice' ? Number(text) : text]
    }),
  )
}

// What is still missing, by field; everything else is for the catalog to judge.
export function missingFields(model: ModelName, values: Values): Values {
  const fields = kForms[model].map((field) => [field.name, missingWords(field, values)] as const)
  return Object.fromEntries(fields.filter(([, words]) => words !== ''))
}

// What was typed and is no row is not taken for no choice.
function missingWords(field: Field, values: Values): string {
  if ((values[field.name] ?? '').trim() !== '') return ''
  const typed = (values[typedName(field)] ?? '').trim()
  if (field.from && typed !== '') {
    return `There is no ${kNouns[field.from].one} called “${typed}”. Choose one that is listed.`
  }
  if (field.isOptional) return ''
  return field.kind === 'choice' ? 'Choose one.' : `Write a ${field.label.toLowerCase()}.`
}

// The length in code points, which is what the catalog counts.
export function codePoints(text: string): number {
  return [...text].length
}
