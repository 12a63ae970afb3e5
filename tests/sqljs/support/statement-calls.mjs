// Statements: parameters, rows, scripts, and what stays when one fails.
import { withTable, attempt } from './call-words.mjs'

export const statementCalls = [
  ['too many parameters', (db) => db.exec('select ?', [1, 2])],
  ['too many nulls', (db) => db.exec('select ?', [1, null])],
  ['too few parameters', (db) => db.exec('select ?, ?', [1])],
  ['named parameters', (db) => db.exec('select :a, @b, $c, ?', { ':a': 1, '@b': 2, $c: 3, z: {} })],
  ['a name that cannot be bound', (db) => db.exec('select :a', { ':a': {} })],
  ['parameters that are a number', (db) => db.exec('select ?', 5)],
  ['parameters that are text', (db) => db.exec('select ?', 'abc')],
  ['one name twice', (db) => db.exec('select :a, :a + 1', { ':a': 1 })],
  ['each statement gets the parameters', (db) => db.exec('select ?; select ? + 1', [4])],
  ['a batch of statements', withTable((db) => db.exec('select 1; ; -- c\n select * from t;'))],
  [
    'only statements with rows have results',
    withTable((db) => db.exec('select 1 where 0; select 2')),
  ],
  [
    'what ran before a failure stays',
    withTable((db) => [
      attempt(() => db.exec('insert into t values (9, 9); select * from nowhere')),
      db.exec('select count(*) from t'),
    ]),
  ],
  ['a mistake in SQL', (db) => db.exec('selec')],
  ['a mistake at run time', (db) => db.exec('select abs(-9223372036854775807 - 1)')],
  [
    'a constraint',
    withTable((db) => db.run('create unique index i on t(1); insert into t values (1, 1)')),
  ],
  ['SQL behind a NUL', (db) => db.exec('select 1;\0 select 2')],
  ['SQL that is missing', (db) => db.exec()],
  ['SQL that is null', (db) => db.run(null)],
  ['SQL that is a number', (db) => db.exec(5)],
  [
    'numbers exactly',
    (db) => db.exec('select 9007199254740993, 1.5, -1', null, { useBigInt: true }),
  ],
  ['numbers as doubles', (db) => db.exec('select 9007199254740993, 9223372036854775807')],
  ['text with NULs', (db) => db.exec("select 'a' || char(0) || 'b', length(x'610062')")],
  ['double-quoted text', (db) => db.exec('select "hello"')],
  [
    'many rows',
    (db) =>
      db.exec(
        'with recursive n(i) as (select 1 union all select i + 1 from n where i < 9999) ' +
          "select i, 'é' || i, i / 7.0, case when i % 3 then x'00ff' end from n",
      ),
  ],
  ['two columns of one name', (db) => db.prepare('select 1 a, 2 a').getAsObject([])],
  [
    'a column called __proto__',
    (db) => db.prepare('select 1 as __proto__, 2 as "1"').getAsObject([]),
  ],
  [
    'rows before a step',
    withTable((db) => {
      const statement = db.prepare('select a, 1 b from t')
      return [statement.getAsObject(), statement.get(), statement.getColumnNames()]
    }),
  ],
  [
    'rows after the end',
    (db) => {
      const statement = db.prepare('select 1 a')
      const steps = [statement.step(), statement.step(), statement.get(), statement.getAsObject()]
      return [steps, statement.step(), statement.get()]
    },
  ],
  [
    'get with parameters',
    (db) => {
      const statement = db.prepare('select ?')
      return [
        statement.get([4]),
        statement.get(),
        statement.step(),
        statement.get(),
        statement.get([5]),
      ]
    },
  ],
  [
    'bind() of nothing unsets',
    (db) => {
      const statement = db.prepare('select ?', [7])
      return [
        statement.bind(),
        statement.bind(null),
        statement.bind(5),
        statement.step(),
        statement.get(),
      ]
    },
  ],
  [
    'bind() up to a mistake',
    (db) => {
      const statement = db.prepare('select ?, ?', [7, 8])
      return [attempt(() => statement.bind([1, {}])), statement.step(), statement.get()]
    },
  ],
  [
    'reset() unsets',
    (db) => {
      const statement = db.prepare('select ?', [7])
      return [statement.step(), statement.reset(), statement.step(), statement.get()]
    },
  ],
  [
    'a statement after a change of its table',
    withTable((db) => {
      const statement = db.prepare('select * from t')
      db.run('alter table t add column c')
      return [statement.getColumnNames(), statement.getAsObject([]), statement.getColumnNames()]
    }),
  ],
  [
    'rows that are changed while they are read',
    withTable((db) => {
      const seen = []
      db.each('select a from t', (row) => {
        if (seen.push(row) < 3)
          db.run('update t set a = ? where rowid = ?', [seen.length, seen.length + 1])
      })
      return seen
    }),
  ],
  [
    'the text of a statement',
    withTable((db) => {
      const statement = db.prepare(' select  a from t where a = 42 ; select 2')
      return [statement.getSQL(), statement.getNormalizedSQL()]
    }),
  ],
  ['nothing to prepare', (db) => db.prepare('  -- nothing')],
  ['preparing nothing', (db) => db.prepare()],
  [
    'run() with parameters runs one',
    (db) => {
      db.run('create table m(a); create table n(a)', [])
      return db.exec('select name from sqlite_master')
    },
  ],
  ['run() gives the database', (db) => db.run('select ?', ['abc']) === db],
  [
    'run() again and again',
    withTable((db) => {
      for (let i = 0; i < 40; i++) db.run(`insert into t values (?, ${i % 20})`, [i])
      db.run('alter table t add column c')
      attempt(() => db.run('insert into t values (?, 0)', [1]))
      return [db.exec('select count(*), sum(a) from t'), db.getRowsModified()]
    }),
  ],
  [
    'a write that fails when it is repeated',
    (db) => {
      db.run('create table u(a unique)')
      const insert = (value) =>
        attempt(() => db.run('insert into u values (?)', [value]).getRowsModified())
      return [insert(1), insert(1), insert(2), db.exec('select * from u')]
    },
  ],
  [
    'a write whose table is gone',
    (db) => {
      db.run('create table u(a)')
      db.run('insert into u values (?)', [1])
      db.run('drop table u')
      return [attempt(() => db.run('insert into u values (?)', [1]))]
    },
  ],
  [
    'run() of a statement',
    withTable((db) => {
      const statement = db.prepare('insert into t values (?, 1)')
      return [statement.run([3]), statement.run(), statement.run(null), db.getRowsModified()]
    }),
  ],
  [
    'each()',
    withTable((db) => {
      const rows = []
      const given = db.each('select * from t', (row) => rows.push(row))
      return [
        given,
        rows,
        db.each(
          'select a from t where b = ?',
          [3],
          (row) => rows.push(row),
          () => 'done',
        ),
      ]
    }),
  ],
  [
    'each() with parameters that are null',
    withTable((db) => {
      const rows = []
      db.each('select a from t', null, (row) => rows.push(row))
      return rows
    }),
  ],
  [
    'each() frees its statement when the callback throws',
    withTable((db) => {
      const thrown = attempt(() =>
        db.each('select * from t', () => {
          throw new Error('mine')
        }),
      )
      return [thrown, db.run('drop table t') === db]
    }),
  ],
  [
    'the statements of a script',
    (db) => {
      const seen = []
      const script = db.iterateStatements('select 1 a;  select 2;bad')
      try {
        for (const one of script) seen.push(one.getSQL(), script.getRemainingSQL())
      } catch (error) {
        seen.push(String(error), script.getRemainingSQL())
      }
      return [seen, script.next()]
    },
  ],
  [
    'a script that is left',
    (db) => {
      const script = db.iterateStatements('select 1; select 2')
      const statement = script.next().value
      return [script.return(), script.next(), statement.free(), attempt(() => statement.step())]
    },
  ],
  [
    'a script with a comment at its end',
    (db) => {
      const script = db.iterateStatements('select 1; -- c\n')
      return [script.next().done, script.next(), script.getRemainingSQL()]
    },
  ],
  [
    'a statement of a script goes with the next',
    (db) => {
      const script = db.iterateStatements('select 1; select 2')
      const first = script.next().value
      script.next()
      return attempt(() => first.step())
    },
  ],
]
