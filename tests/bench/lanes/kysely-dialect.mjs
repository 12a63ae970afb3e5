// sql.js as the database that Kysely's own SQLite dialect asks for. Statements are kept, and rows
// made from arrays, which is faster than what sql.js makes itself.
import { SqliteDialect } from 'kysely'

const kStatementsAtMost = 100

function rowsOf(statement, names, parameters) {
  const rows = []
  statement.bind(parameters)
  while (statement.step()) {
    const row = {}
    const values = statement.get()
    for (let i = 0; i < names.length; i++) row[names[i]] = values[i]
    rows.push(row)
  }
  statement.reset()
  return rows
}

function prepared(file, sql) {
  const statement = file.prepare(sql)
  const names = statement.getColumnNames()
  return {
    reader: names.length > 0,
    all: (parameters) => rowsOf(statement, names, parameters),
    run: (parameters) => {
      statement.run(parameters)
      return { changes: file.getRowsModified() }
    },
    free: () => statement.free(),
  }
}

export function sqljsDialect(file) {
  const kept = new Map()
  const prepare = (sql) => {
    let statement = kept.get(sql)
    if (statement) return statement
    if (kept.size === kStatementsAtMost) {
      for (const old of kept.values()) old.free()
      kept.clear()
    }
    statement = prepared(file, sql)
    kept.set(sql, statement)
    return statement
  }
  return new SqliteDialect({ database: { prepare, close: () => file.close() } })
}
