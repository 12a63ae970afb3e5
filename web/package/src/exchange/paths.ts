// Columns of a file as columns of the catalog: 'name', or 'category.name' for a row that is
// referred to.
import { CatalogError } from '../errors.js'
import type {
  CatalogDescription,
  ColumnDescription,
  ModelDescription,
  RelationshipDescription,
} from '../types/description.js'

/** Where the cells of one column belong. */
export interface Place {
  /** What the file calls it. */
  readonly header: string
  /** The relation that it finds the row of, or null for a column of the row itself. */
  readonly relation: RelationshipDescription | null
  readonly column: ColumnDescription
}

function refuse(model: ModelDescription, path: string, message: string): never {
  throw new CatalogError({ code: 'VALIDATION', model: model.name, path, message })
}

/** The models of what `call` was given. Fails with VALIDATION when that is no catalog. */
export function modelsOf(db: unknown, call: string): CatalogDescription {
  const { describe } = Object(db) as { describe?: () => CatalogDescription }
  if (typeof describe === 'function') return describe()
  const message = `${call} takes an open catalog first, or a transaction of one.`
  throw new CatalogError({ code: 'VALIDATION', message })
}

/** The columns that can be written back: a computed one is worked out anew. */
export const storedColumns = ({ columns }: ModelDescription): string[] =>
  columns.filter(({ computed }) => computed === undefined).map(({ name }) => name)

export function modelOf(catalog: CatalogDescription, table: string): ModelDescription {
  const model = catalog.models.find((one) => one.table === table)
  if (model !== undefined) return model
  const known = catalog.models.map((one) => one.table).join(', ')
  const message = `There is no model ${table}; there are ${known}.`
  throw new CatalogError({ code: 'VALIDATION', path: table, message })
}

function columnOf(model: ModelDescription, name: string, path: string): ColumnDescription {
  const column = model.columns.find((one) => one.name === name)
  if (column !== undefined) return column
  const known = model.columns.map((one) => one.name).join(', ')
  return refuse(
    model,
    path,
    `${model.name} has no column "${name}"; it has ${known}. Map the file’s columns with the ` +
      'option columns, and those to be left out to null.',
  )
}

/** The place that 'name' or 'category.name' means; `option` is where it was said, for errors. */
export function placeOf(
  catalog: CatalogDescription,
  model: ModelDescription,
  header: string,
  path: string,
  option: string,
): Place {
  const names = path.split('.')
  if (names.length === 1) return { header, relation: null, column: columnOf(model, path, option) }
  const relation = model.relationships.find((one) => one.name === names[0])
  if (names.length > 2 || relation === undefined || relation.direction !== 'many_to_one') {
    const example = model.relationships.find((one) => one.direction === 'many_to_one')?.name
    const right = example === undefined ? 'a column' : `a column, or like ${example}.name`
    return refuse(model, option, `"${path}" is no place of ${model.name} for a file: say ${right}.`)
  }
  const target = catalog.models.find((one) => one.name === relation.target) as ModelDescription
  return { header, relation, column: columnOf(target, names[1], option) }
}

/** Refuses a place that cannot find a row: what is no key of its model. */
export function checkFinds(model: ModelDescription, { column, relation }: Place, option: string) {
  if (relation === null || column.unique === true || column.primary_key === true) return
  const message = `${column.name} is not unique in ${relation.target}, so it finds no row.`
  refuse(model, option, message)
}
