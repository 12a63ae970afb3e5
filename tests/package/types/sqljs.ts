// Programs written for @types/sql.js, which change nothing but where they import from. A test
// compiles this file against the packed package.
import initSqlJs from 'vitrine/sqljs'
import type {
  BindParams,
  Database,
  InitSqlJsStatic,
  ParamsCallback,
  ParamsObject,
  SqlJsStatic,
  SqlValue,
  Statement,
  StatementIteratorResult,
} from 'vitrine/sqljs'

export const init: InitSqlJsStatic = initSqlJs

export function functions(db: Database): void {
  // What SQL gives a function has no type of its own.
  db.create_function('capitals', (text) => text.toUpperCase())
  db.create_function('longer', (text: string, count: number) => text.length > count)
  db.create_aggregate('joined', {
    init: () => '',
    step: (state, text) => state + text.trim(),
    finalize: (state) => state.length,
  })
}

export function parameters(db: Database, names: readonly string[], isNew: boolean): void {
  const values: BindParams = []
  if (isNew) values.push('new')
  db.run('INSERT INTO t VALUES (?)', values).exec('SELECT ?', names)
  db.prepare('SELECT :a', { ':a': true }).bind({ ':a': 2n })
}

export function rows(db: Database, statement: Statement): SqlValue[] {
  const row: ParamsObject = statement.getAsObject()
  const values: SqlValue[] = [row.name]
  const note: ParamsCallback = ({ name }) => values.push(name)
  db.each('SELECT name FROM t', note, () => undefined)
  const next: StatementIteratorResult = db.iterateStatements('SELECT 1').next()
  return [...values, ...next.value.get()]
}

export const file = (SQL: SqlJsStatic): Blob => new Blob([new SQL.Database().export()])

export function refused(db: Database): void {
  // @ts-expect-error a date has no form in SQLite
  db.run('SELECT ?', [new Date()])
  // @ts-expect-error a statement is text
  db.exec(1)
}
