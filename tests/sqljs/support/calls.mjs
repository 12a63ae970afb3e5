// Calls whose outcome sql.js defines, by name, each on a database of its own.
import { databaseCalls } from './database-calls.mjs'
import { repeatedCalls } from './repeated-calls.mjs'
import { statementCalls } from './statement-calls.mjs'
import { valueCalls } from './value-calls.mjs'

export const calls = Object.fromEntries([
  ...valueCalls,
  ...statementCalls,
  ...databaseCalls,
  ...repeatedCalls,
])
