// Words for the calls that both are asked: each makes a (db, sqlJs) => what it gives.
export const withTable = (work) => (db, sqlJs) => {
  db.run("create table t(a, b); insert into t values (1, 2.5), (null, x'0102'), ('é', 3)")
  return work(db, sqlJs)
}
export const closed = (work) => (db) => {
  db.close()
  return work(db)
}
export const freed = (work) => (db) => {
  const statement = db.prepare('select 1 a')
  statement.free()
  return work(statement)
}
export const withFunction = (func, sql) => (db) => db.create_function('f', func).exec(sql)
export const withAggregate = (functions, sql) => (db) =>
  db.create_aggregate('s', functions).exec(sql)
export const attempt = (work) => {
  try {
    return work()
  } catch (error) {
    return String(error)
  }
}
