// Functions, aggregates, the hook, export, and what is left of what was closed.
import { withTable, closed, freed, withFunction, withAggregate, attempt } from './call-words.mjs'

export const databaseCalls = [
  ['arguments of a function', withFunction((...values) => JSON.stringify(values), 'select f()')],
  [
    'numbers, text, bytes and NULL as arguments',
    withFunction(
      (a, b, c, d, e) => `${typeof a} ${a} ${b} ${c} ${d?.constructor.name} ${[...d]} ${e}`,
      "select f(1, 2.5, 'a' || char(0) || 'é', x'0102ff', null)",
    ),
  ],
  [
    'a whole number becomes REAL',
    withFunction((a) => a, 'select typeof(f(1)), f(9007199254740993)'),
  ],
  [
    'a function that throws',
    withFunction(() => {
      throw new Error('boom')
    }, 'select f()'),
  ],
  [
    'a function that throws text',
    withFunction(() => {
      throw 'text'
    }, 'select f()'),
  ],
  [
    'functions of one name',
    (db) => {
      db.create_function('g', (a) => a + 1).create_function('g', (a, b) => a * b)
      return [db.exec('select g(1), g(3, 4)'), attempt(() => db.exec('select g(1, 2, 3)'))]
    },
  ],
  [
    'a function that is replaced',
    (db) => {
      db.create_function('g', () => 1).create_function('G', () => 2)
      return db.exec('select g()')
    },
  ],
  [
    'a function that asks the database',
    withTable((db) => {
      db.create_function('f', (a) => db.exec('select count(*), ? from t', [a])[0].values.join())
      return db.exec("select f(a), 'text' || b from t")
    }),
  ],
  [
    'an aggregate',
    withAggregate(
      { init: () => 10, step: (sum, a) => sum + a, finalize: (sum) => `=${sum}` },
      'select s(column1) from (values (1), (2)); select s(1) where 0',
    ),
  ],
  [
    'an aggregate over groups',
    withAggregate(
      { init: () => [], step: (list, a, b) => [...list, a + b], finalize: (list) => list.join() },
      'select column1, s(column2, 1) from (values (1, 2), (2, 5), (1, 4)) group by column1',
    ),
  ],
  [
    'an aggregate of a step alone',
    withAggregate(
      { step: (sum, a) => (sum ?? 0) + a },
      'select s(column1) from (values (1), (2)); select s(1) where 0',
    ),
  ],
  ['an aggregate without a step', (db) => db.create_aggregate('s', { init: () => 1 })],
  [
    'an aggregate whose step throws',
    withAggregate(
      {
        init: () => 0,
        step: () => {
          throw new Error('step')
        },
        finalize: (sum) => sum,
      },
      'select s(1)',
    ),
  ],
  [
    'an aggregate whose end throws',
    withAggregate(
      {
        init: () => 0,
        step: (sum) => sum,
        finalize: () => {
          throw new Error('end')
        },
      },
      'select s(1)',
    ),
  ],
  ['an aggregate as a window', withAggregate({ step: (sum) => sum }, 'select s(1) over ()')],
  [
    'the hook',
    withTable((db) => {
      const seen = []
      const given = db.updateHook((...args) => seen.push(args)) === db
      db.run(
        'insert into t values (9, 9); update t set b = 1 where a = 9; delete from t where a = 9',
      )
      db.updateHook(null)
      db.run('insert into t values (5, 5)')
      return [given, seen]
    }),
  ],
  [
    'a hook that throws',
    withTable((db) => {
      db.updateHook(() => {
        throw new Error('hook')
      })
      const thrown = attempt(() => db.run('insert into t values (7, 7)'))
      db.updateHook(null)
      return [thrown, db.exec('select count(*) from t')]
    }),
  ],
  [
    'export() in a write transaction',
    (db) => {
      db.run('begin; create table t(a)')
      const thrown = attempt(() => db.export())
      db.run('commit')
      return [thrown, db.export().length]
    },
  ],
  [
    'export() in a read transaction',
    withTable((db) => {
      db.run('begin')
      db.exec('select * from t')
      return db.export().length
    }),
  ],
  [
    'export() of nothing',
    (db, { Database }) => {
      const file = db.export()
      return [file.length, new Database(file).exec('select count(*) from sqlite_master')]
    },
  ],
  [
    'export() leaves statements, pragmas, functions and hooks',
    withTable((db) => {
      const seen = []
      db.run('pragma foreign_keys = on')
      db.create_function('f', () => 'mine').updateHook((...args) => seen.push(args))
      const statement = db.prepare('select f() from t')
      statement.step()
      db.export()
      db.run('insert into t values (1, 1)')
      return [db.exec('pragma foreign_keys'), statement.step(), statement.get(), seen]
    }),
  ],
  ['result codes', (db) => [db.handleError(0), attempt(() => db.handleError(1))]],
  [
    'a second database',
    (db, { Database }) => {
      const other = new Database()
      other.run('create table only_there(a)')
      return attempt(() => db.exec('select * from only_there'))
    },
  ],
  [
    'another database by its name',
    (db) => {
      db.run("attach 'other.db' as other; create table other.t(a); insert into other.t values (1)")
      return db.exec('select * from other.t')
    },
  ],
  [
    'savepoints',
    withTable((db) => {
      db.run('begin; savepoint s; delete from t; rollback to s; release s; commit')
      return db.exec('select count(*) from t')
    }),
  ],
  [
    'pages of another size',
    (db) => {
      db.run('pragma page_size = 8192; create table t(a); vacuum')
      return [db.exec('pragma page_size'), db.export().length]
    },
  ],
  ['json', (db) => db.exec(`select json_extract('{"a":[1,2]}', '$.a[1]'), json_group_array(1)`)],
  ['a closed database: run', closed((db) => db.run('select 1'))],
  ['a closed database: exec', closed((db) => db.exec('select 1'))],
  ['a closed database: prepare', closed((db) => db.prepare('select 1'))],
  ['a closed database: each', closed((db) => db.each('select 1', () => 1))],
  ['a closed database: export', closed((db) => db.export())],
  ['a closed database: a script', closed((db) => db.iterateStatements('select 1').next())],
  ['a closed database: close', closed((db) => [db.close(), db.db, db.getRowsModified()])],
  ['a closed database: functions', closed((db) => db.create_function('f', () => 1) === db)],
  ['a closed database: the hook', closed((db) => db.updateHook(() => 1) === db)],
  [
    'a closed database: its statements',
    (db) => {
      const statement = db.prepare('select 1')
      db.close()
      return [attempt(() => statement.step()), statement.free()]
    },
  ],
  ['a freed statement: bind', freed((statement) => statement.bind([1]))],
  ['a freed statement: step', freed((statement) => statement.step())],
  ['a freed statement: run', freed((statement) => statement.run())],
  ['a freed statement: get with parameters', freed((statement) => statement.get([1]))],
  [
    'a freed statement: what is left',
    freed((statement) => [
      statement.free(),
      statement.freemem(),
      statement.get(),
      statement.getAsObject(),
      statement.getColumnNames(),
      statement.getSQL(),
      statement.getNormalizedSQL(),
      statement.reset(),
    ]),
  ],
]
