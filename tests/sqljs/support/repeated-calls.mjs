// What could differ where statements stay compiled and rows are read before they are asked for.
import { attempt, withTable } from './call-words.mjs'

const kMany =
  'with recursive n(i) as (select 1 union all select i + 1 from n where i < 700) ' +
  "select i, 'é' || i, case when i % 3 then x'00ff' end, 9007199254740990 + i from n"

function rowsOf(statement, config) {
  const rows = []
  while (statement.step()) rows.push(statement.get(null, config))
  return rows
}

// Odd rows in one form, even ones in another, and some not at all.
function rowsInTurns(db) {
  const statement = db.prepare(kMany)
  const rows = []
  for (let i = 0; statement.step(); i++) {
    if (i % 4 === 0) rows.push(statement.get())
    if (i % 4 === 1) rows.push(statement.getAsObject())
    if (i % 4 === 2) rows.push(statement.get(null, { useBigInt: true }))
  }
  rows.push(statement.get(), statement.getAsObject(), statement.step(), statement.get())
  statement.free()
  return rows
}

function resetInBetween(db) {
  const statement = db.prepare('select column1 from (values (1), (2), (3), (4), (5)) where ?')
  const rows = []
  for (const times of [1, 2, 3, 4, 5, 6]) {
    statement.bind([1])
    for (let i = 0; i < times; i++) rows.push(statement.step(), statement.get())
  }
  statement.reset()
  rows.push(statement.step(), statement.get())
  return rows
}

function failureBehindRows(db) {
  const statement = db.prepare(
    'select abs(column1) from (values (1), (-2), (3), (-9223372036854775807 - 1), (5))',
  )
  const rows = []
  for (let i = 0; i < 9; i++) rows.push(attempt(() => (statement.step(), statement.get())))
  return rows
}

function sideBySide(db) {
  const [one, other] = [db.prepare(kMany), db.prepare(kMany)]
  const rows = []
  for (let i = 0; i < 100; i++) rows.push(one.step(), one.get(), other.step(), other.get())
  one.free()
  rows.push(
    other.step(),
    other.get(),
    attempt(() => one.step()),
  )
  return rows
}

// Every write finds a statement that has read ahead, and is seen by it or not as in sql.js.
const whileReading = (change) => (db) => {
  db.run('create table w(a integer primary key, b)')
  db.run(
    'with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) ' +
      "insert into w select i, 'b' || i from n",
  )
  const statement = db.prepare('select * from w where a > ? order by a', [1])
  const rows = []
  for (let i = 0; i < 90 && statement.step(); i++) {
    rows.push(statement.get())
    if (i === 10 || i === 11 || i === 40) attempt(() => change(db, i))
  }
  rows.push(statement.get(), statement.step(), statement.free(), db.exec('select count(*) from w'))
  return rows
}

// Every row finds what was written on account of the one before it.
const afterEachRow = (change) => (db) => {
  db.run('create table w(a integer primary key)')
  for (let i = 1; i <= 12; i++) db.run('insert into w values (?)', [i * 10])
  const rows = []
  const statement = db.prepare('select a from w')
  while (statement.step()) {
    const [a] = statement.get()
    rows.push(a)
    change(db, a)
  }
  db.each('select a from w', ({ a }) => {
    rows.push(a)
    change(db, a)
  })
  return [rows, db.exec('select a from w')]
}

// The same SQL before and after `change`, which can give it another meaning.
const around = (change, sql) =>
  withTable((db) => {
    const ask = () =>
      attempt(() => {
        const statement = db.prepare(sql)
        const answer = [statement.getColumnNames(), rowsOf(statement), db.exec(sql)]
        statement.free()
        return answer
      })
    const before = [ask(), ask()]
    attempt(() => change(db))
    return [...before, ask(), ask()]
  })

const kAll = 'select * from t'

export const repeatedCalls = [
  ['rows one after the other', (db) => rowsOf(db.prepare(kMany))],
  ['rows with exact numbers', (db) => rowsOf(db.prepare(kMany), { useBigInt: true })],
  ['rows in turns', rowsInTurns],
  ['a run that ends early', resetInBetween],
  ['a failure behind rows', failureBehindRows],
  ['two statements side by side', sideBySide],
  [
    'rows are changed',
    whileReading((db, i) => db.run('update w set b = ? where a > ?', [i, i + 5])),
  ],
  ['rows are deleted', whileReading((db, i) => db.exec(`delete from w where a > ${i + 5}`))],
  ['rows are added', whileReading((db, i) => db.prepare('insert into w(b) values (?)').run([i]))],
  [
    'rows are changed and it is undone',
    whileReading((db) => db.run("begin; update w set b = 'new'; rollback")),
  ],
  ['each row is deleted', afterEachRow((db, a) => db.run('delete from w where a = ?', [a]))],
  [
    'a row is added before each',
    afterEachRow((db, a) => db.run('insert or ignore into w values (?)', [a - 1])),
  ],
  ['their table is dropped', whileReading((db) => db.run('drop table w'))],
  ['a column is added', around((db) => db.run('alter table t add column z'), kAll)],
  ['a column is added by exec', around((db) => db.exec('alter table t add column z'), kAll)],
  ['a table is dropped', around((db) => db.run('drop table t'), kAll)],
  [
    'a table is dropped by a prepared statement',
    around((db) => db.prepare('drop table t').step(), kAll),
  ],
  [
    'a table is dropped in a script',
    around((db) => [...db.iterateStatements('drop table t')].length, kAll),
  ],
  [
    'a script that begins with rows',
    around((db) => db.run('insert into t values (7, 7); drop table t'), kAll),
  ],
  [
    'a table of a transaction that is undone',
    around((db) => {
      db.run('begin; create table new(a)')
      db.exec('select * from new')
      db.run('rollback')
    }, 'select * from new'),
  ],
  [
    'a table of a transaction that a failure undoes',
    (db) => {
      db.run('create table u(a unique); insert into u values (1)')
      db.run('begin; create table new(a)')
      const before = db.exec('select count(*) from new')
      const failed = attempt(() => db.run('insert or rollback into u values (?)', [1]))
      return [before, failed, attempt(() => db.prepare('select count(*) from new').step())]
    },
  ],
  [
    'a function is replaced',
    (db) => {
      const ask = () => db.exec('select f(1)')
      db.create_function('f', (value) => value + 1)
      const before = [ask(), ask()]
      db.create_function('f', (value) => value + 2)
      return [...before, ask(), ask()]
    },
  ],
  [
    'a setting is changed',
    around((db) => db.run('pragma case_sensitive_like = 1'), "select 'a' like 'A'"),
  ],
  [
    'parameters are gone when a statement comes back',
    (db) => {
      const ask = () => {
        const statement = db.prepare('select ?, :name')
        const answer = [statement.step(), statement.get(), statement.bind([1, 2]), statement.step()]
        return [answer, statement.get(), statement.free()]
      }
      return [ask(), ask(), ask()]
    },
  ],
  [
    'a statement that failed comes back',
    (db) => {
      db.run('create table u(a unique); insert into u values (1)')
      const ask = (value) => {
        const statement = db.prepare('insert into u values (?)')
        const answer = attempt(() => statement.run([value]))
        return [answer, statement.free()]
      }
      return [ask(1), ask(1), ask(2), ask(2), ask(3), db.exec('select * from u')]
    },
  ],
]
