// The calls of sql.js's interface, on npm's sql.js. The lane vitrine-sqljs does the same on ours.
import initSqlJs from 'sql.js'
import { kItems } from './sql.mjs'

const kCalls = 10_000
const kMegabyte = 1_000_000
const kLargeMegabytes = 100

function objectsOf(file) {
  const statement = file.prepare(kItems)
  const rows = []
  while (statement.step()) rows.push(statement.getAsObject())
  statement.free()
  return rows
}

function arraysOf(file) {
  const statement = file.prepare(kItems)
  const rows = []
  while (statement.step()) rows.push(statement.get())
  statement.free()
  return rows
}

// Each call of `run` changes one item; the file is then as it was.
function changes(file, run) {
  file.run('BEGIN')
  for (let i = 1; i <= kCalls; i++) run([`changed ${i}`, i])
  const [{ values }] = file.exec(
    "SELECT count(*) FROM product_item WHERE description LIKE 'changed%'",
  )
  file.run('ROLLBACK')
  return values
}

const kChange = 'UPDATE product_item SET description = ? WHERE id = ?'

function prepared(file) {
  const statement = file.prepare(kChange)
  const values = changes(file, (parameters) => statement.run(parameters))
  statement.free()
  return values
}

// The same SQL each time, as in a function that asks for one row, or other SQL each time.
function rowsById(file, sqlOf, parametersOf) {
  const rows = []
  for (let id = 1; id <= kCalls; id++) {
    const statement = file.prepare(sqlOf(id))
    rows.push(statement.get(parametersOf(id)))
    statement.free()
  }
  return rows
}

const kById = 'SELECT * FROM product_item WHERE id = '
const oneText = (file) =>
  rowsById(
    file,
    () => `${kById}?`,
    (id) => [id],
  )
const manyTexts = (file) =>
  rowsById(
    file,
    (id) => `${kById}${id} AND 0 < ?`,
    () => [1],
  )

function largeFile({ Database }) {
  const db = new Database()
  db.run('CREATE TABLE large(bytes)')
  for (let i = 0; i < kLargeMegabytes; i++)
    db.run(`INSERT INTO large VALUES (zeroblob(${kMegabyte}))`)
  const bytes = db.export()
  db.close()
  return bytes
}

// The lane on a module of sql.js's interface.
export function lane(SQL, { data }) {
  const file = new SQL.Database(data)
  file.create_function('next', (number) => number + 1)
  let large
  const openLarge = () => {
    large ??= largeFile(SQL)
    const db = new SQL.Database(large)
    const [{ values }] = db.exec('SELECT count(*) FROM large')
    db.close()
    return values
  }
  return {
    first: () => file.exec('SELECT * FROM product LIMIT 1')[0].values,
    workloads: {
      'sql.js: exec': () => file.exec(kItems)[0].values,
      'sql.js: step and get': () => arraysOf(file),
      'sql.js: step and getAsObject': () => objectsOf(file),
      'sql.js: 10,000 prepare and get': () => oneText(file),
      'sql.js: 10,000 new texts': () => manyTexts(file),
      'sql.js: 10,000 run': () => changes(file, (parameters) => file.run(kChange, parameters)),
      'sql.js: 10,000 statement.run': () => prepared(file),
      'sql.js: create_function': () =>
        file.exec('SELECT sum(next(id)) FROM product_item')[0].values,
      'sql.js: export': () => file.export().length,
      'sql.js: open 100 MB': openLarge,
    },
  }
}

export const open = async (context) => lane(await initSqlJs(context.sqljs), context)
