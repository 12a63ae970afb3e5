// What kind of SQL a text is, as far as can be told without parsing it. Where that is not
// sure, the answer is the cautious one.

// Longer texts are not kept.
const kLongest = 2000

// One statement about rows, as far as can be told without reading SQL: a semicolon only at the end.
const kRows = /^\s*(?:select|insert|update|delete|replace|with|values)\b[^;]*;?\s*$/i
const kTransaction = /^\s*(?:begin|commit|end|savepoint|release)\b[^;]*;?\s*$/i

// What is another value in each run.
const kChanging = /random|changes|rowid\s*\(|'now'|current_|date|time|day/i

/** Whether two runs of `sql`, which writes nothing, give the same. */
export function isSteady(sql: string): boolean {
  return !kChanging.test(sql)
}

/** Whether `sql` can be kept: it is one statement, which reads or writes rows. */
export function isAboutRows(sql: string): boolean {
  return sql.length <= kLongest && kRows.test(sql)
}

/** Whether all SQL means the same after `sql` as before it. */
export function isHarmless(sql: string): boolean {
  return isAboutRows(sql) || kTransaction.test(sql)
}
