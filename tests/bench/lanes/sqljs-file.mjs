// What the lanes on sql.js share: opening a file, and reading all of it, to compare what was
// written.
import initSqlJs from 'sql.js'
import { columns } from '../goods.mjs'

let module

export async function openFile(context, data) {
  module ??= await initSqlJs(context.sqljs)
  const file = new module.Database(data)
  file.run('PRAGMA foreign_keys = ON')
  return file
}

// Rows as arrays; none where exec gives no result.
export const values = (result) => (result.length === 0 ? [] : result[0].values)

// Every row of the four tables, in the order of their ids.
export function contentOf(file) {
  const tables = Object.entries(columns).map(([table, names]) => {
    const rows = values(file.exec(`SELECT ${names.join(', ')} FROM ${table} ORDER BY id`))
    const row = (cells) => Object.fromEntries(names.map((name, place) => [name, cells[place]]))
    return [table, rows.map(row)]
  })
  return Object.fromEntries(tables)
}
