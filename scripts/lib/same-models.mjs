// Whether the wasm and the package's JavaScript were made from the same models. JavaScript names a
// model by its place in the generated description: after a change of models.h without `npm run
// generate`, calls would reach other tables, and say nothing.
import { pathToFileURL } from 'node:url'
import { inRoot } from './paths.mjs'
import { Advice } from './say.mjs'

const kAdvice = 'Run npm run generate, then build again.'

function columnsMade(db) {
  const rows = db.sql`SELECT t.name || '.' || c.name AS name FROM pragma_table_list AS t
    JOIN pragma_table_info(t.name) AS c WHERE t.schema = 'main' AND t.type = 'table'
    AND t.name <> 'vitrine_history' AND t.name NOT LIKE 'sqlite%'`
  return rows.map(({ name }) => name)
}

const columnsDescribed = ({ models }) =>
  models.flatMap(({ table, columns }) =>
    columns.filter(({ computed }) => computed === undefined).map(({ name }) => `${table}.${name}`),
  )

function isReached(db, { table }) {
  try {
    return db[table].toSQL()[0].sql.includes(`FROM "${table}"`)
  } catch {
    return false
  }
}

// What the two do not agree on, as "table" or "table.column".
export function disagreements(db) {
  const made = columnsMade(db)
  const described = columnsDescribed(db.describe())
  const one = made.filter((name) => !described.includes(name))
  const other = described.filter((name) => !made.includes(name))
  const astray = db.describe().models.filter((model) => !isReached(db, model))
  return [...one, ...other, ...astray.map(({ table }) => table)]
}

// Fails with an Advice unless the built package agrees with its wasm.
export async function mustHaveSameModels() {
  const entry = pathToFileURL(inRoot('web', 'package', 'dist', 'sync.node.js')).href
  const { openCatalog } = await import(entry)
  const db = await openCatalog()
  const found = disagreements(db)
  db.close()
  if (found.length === 0) return
  throw new Advice(`What is generated is not what the models say: ${found.join(', ')}. ${kAdvice}`)
}
