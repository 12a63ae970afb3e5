// The calls of sql.js's interface, on vitrine/sqljs.
import initSqlJs from 'vitrine/sqljs'
import { lane } from './sqljs-calls.mjs'

export const open = async (context) => lane(await initSqlJs(), context)
