// The types of `require('vitrine/sqljs')`: the function itself, which also is its own `default`.
import type * as sqljs from './sqljs/types.js' with { 'resolution-mode': 'import' }

declare function initSqlJs(config?: sqljs.SqlJsConfig): Promise<sqljs.SqlJsStatic>

declare namespace initSqlJs {
  export type AggregateFunctions = sqljs.AggregateFunctions
  export type BindParams = sqljs.BindParams
  export type BindValue = sqljs.BindValue
  export type Database = sqljs.Database
  export type GivenParams = sqljs.GivenParams
  export type InitSqlJsStatic = sqljs.InitSqlJsStatic
  export type ParamsCallback = sqljs.ParamsCallback
  export type ParamsObject = sqljs.ParamsObject
  export type QueryExecResult = sqljs.QueryExecResult
  export type ReadConfig = sqljs.ReadConfig
  export type RowObject = sqljs.RowObject
  export type SqlJsConfig = sqljs.SqlJsConfig
  export type SqlJsStatic = sqljs.SqlJsStatic
  export type SqlValue = sqljs.SqlValue
  export type Statement = sqljs.Statement
  export type StatementIterator = sqljs.StatementIterator
  export type StatementIteratorResult = sqljs.StatementIteratorResult
  export type UpdateHookCallback = sqljs.UpdateHookCallback
  export { initSqlJs as default }
}

export = initSqlJs
