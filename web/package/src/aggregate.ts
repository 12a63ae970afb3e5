// aggregate(): tables of groups as rows, with booleans and JSON as the models have them.
import { CatalogError } from './errors.js'
import type { Options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import type { CatalogDescription, ModelDescription } from './types/description.js'

// The type of the column that 'category.name' leads to.
function typeAt({ models }: CatalogDescription, start: ModelDescription, path: string): string {
  const names = path.split('.')
  const column = names.pop()
  let model: ModelDescription | undefined = start
  for (const name of names) {
    const target: string | undefined = model?.relationships.find((one) => one.name === name)?.target
    model = models.find((one) => one.name === target)
  }
  return model?.columns.find((one) => one.name === column)?.type ?? ''
}

function convertValue(value: unknown, type: string, name: string): unknown {
  if (typeof value === 'bigint') {
    const message =
      `${name} is ${value}, which a JavaScript number cannot hold exactly: ask for it through ` +
      'sql, which gives a BigInt.'
    throw new CatalogError({ code: 'RANGE', path: `values.${name}`, message })
  }
  if (value === null) return null
  if (type === 'boolean') return value !== 0
  return type === 'json' ? (JSON.parse(value as string) as unknown) : value
}

// Which result columns hold values of a model's column, and of what type.
function resultTypes(catalog: CatalogDescription, model: ModelDescription, args: Options) {
  const { groupBy = [], values = {} } = args as {
    groupBy?: readonly string[]
    values?: Readonly<Record<string, { readonly min?: string; readonly max?: string }>>
  }
  const paths = new Map(groupBy.map((path) => [path, path]))
  for (const [name, { min, max = min }] of Object.entries(values)) {
    if (max !== undefined) paths.set(name, max)
  }
  return new Map([...paths].map(([name, path]) => [name, typeAt(catalog, model, path)]))
}

/** What aggregate() answers: a row for each group, or the one row where there are no groups. */
export function convertTable(
  catalog: CatalogDescription,
  model: ModelDescription,
  args: Options,
  table: readonly PlainRow[],
): PlainRow | PlainRow[] {
  const types = resultTypes(catalog, model, args)
  const rows = table.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        convertValue(value, types.get(name) ?? '', name),
      ]),
    ),
  )
  return args['groupBy'] === undefined ? rows[0] : rows
}
