// A failure of the catalog in a visitor's words: what is wrong at which field, and what to do.
// Pure.
import { CatalogError } from 'vitrine'
import type { ModelName } from '../catalog/rows'
import { codePoints, kForms, type Field, type Values } from './forms'
import { numeral, oneOf } from './words'

export interface Problem {
  // By field of the form.
  readonly fields: Values
  // What belongs to no field; empty when each problem does.
  readonly general: string
}

// What a failed save means for the form of `model`.
export function saveProblem(error: unknown, model: ModelName, values: Values): Problem {
  if (!(error instanceof CatalogError)) return { fields: {}, general: failureWords(error) }
  const named = new Set(error.fields)
  const fields = kForms[model].filter(({ name }) => named.has(name))
  if (fields.length === 0) return { fields: {}, general: failureWords(error) }
  return {
    fields: Object.fromEntries(
      fields.map((field) => [
        field.name,
        fieldWords(error, model, field, values[field.name] ?? ''),
      ]),
    ),
    general: '',
  }
}

const kPast = 'The shop was changed by another program since: this step cannot be taken any more.'

// What the catalog says in words for programmers.
const kWords: Readonly<Partial<Record<CatalogError['code'], string>>> = {
  NOT_FOUND: 'It is not there any more: somebody deleted it. Close this and look again.',
  STORAGE_UNAVAILABLE: 'This browser keeps nothing for this page: its settings do not let it.',
  FULL: 'There is no room left for it in this browser. Free some, and try again.',
}

// The same for reasons, most of them why a step of the history cannot be taken.
const kReasons: Readonly<Record<string, string>> = {
  nothing_to_undo: 'There is nothing to take back.',
  nothing_to_redo: 'There is nothing to do again.',
  step_too_large: 'The last change was too large to be taken back.',
  schema_changed: kPast,
  row_changed: kPast,
  row_missing: kPast,
  value_taken: kPast,
  reference_missing: kPast,
  unknown_table: kPast,
  other_version: 'This page has a new version: close its other tabs, and load it again.',
}

// What a browser says where a script that is fetched when it is needed does not come, each in its
// own words.
const kImport = /\bimport(ed|ing) (a )?module\b/i
const kNotHere =
  'The part of this page that does this could not be loaded. See to the network, and try again.'

// How many more of what an import refused are named: as many as are read before the file is mended.
const kNamed = 4

// A failure that is shown by itself.
export function failureWords(error: unknown): string {
  if (error instanceof CatalogError && error.code === 'IMPORT') return importWords(error)
  const words =
    error instanceof CatalogError ? (kReasons[error.reason] ?? kWords[error.code]) : undefined
  if (words !== undefined) return words
  if (error instanceof TypeError && kImport.test(error.message)) return kNotHere
  return error instanceof Error ? error.message : String(error)
}

// What an import refused: the first with its reason, and where the others stand.
function importWords({ issues, message: all }: CatalogError): string {
  const [first, ...others] = issues
  if (!first) return all
  const { path, message } = first
  const words = message.startsWith(`${path}: `) ? message : `${path}: ${message}`
  if (others.length === 0) return words
  const named = others.slice(0, kNamed).map((issue) => issue.path)
  const rest = others.length - named.length
  const more = rest === 0 ? '' : `; and ${numeral(rest)} more`
  return `${words} Refused as well: ${named.join('; ')}${more}.`
}

function fieldWords(error: CatalogError, model: ModelName, field: Field, typed: string): string {
  const length = codePoints(typed.trim())
  if (field.limit !== undefined && length > field.limit) {
    return `This has ${length} characters, and ${field.limit} fit. Shorten it.`
  }
  switch (error.code) {
    case 'UNIQUE':
      return `There is already ${oneOf(model)} called “${typed.trim()}”. Choose another name.`
    case 'NOT_NULL':
      return 'This is needed.'
    case 'FOREIGN_KEY':
      return 'That one is not there any more. Choose another.'
    default:
      return error.message
  }
}
