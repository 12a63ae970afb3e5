// The messages of sql.js's worker: one database, opened, asked and closed by `action`. Each answer
// carries the id of its question.
import type { BindParams, Database, ReadConfig, SqlJsStatic } from './types.js'

export interface WorkerMessage {
  readonly id?: unknown
  readonly action?: unknown
  readonly buffer?: ArrayBuffer | Uint8Array
  readonly sql?: string
  readonly params?: BindParams
  readonly config?: ReadConfig
}

export type Post = (answer: object, transfer?: ArrayBuffer[]) => void

let database: Database | null = null

function open({ Database }: SqlJsStatic, data?: ArrayBuffer | Uint8Array): Database {
  database?.close()
  database = new Database(data)
  return database
}

function answer(sqlJs: SqlJsStatic, message: WorkerMessage, post: Post): void {
  const { id, action, sql = '', params, config } = message
  if (action === 'open') {
    open(sqlJs, message.buffer)
    return post({ id, ready: true })
  }
  if (action === 'close') {
    database?.close()
    return post({ id })
  }
  const db = database ?? open(sqlJs)
  switch (action) {
    case 'exec':
      if (sql === '') throw new Error('exec: Missing query string')
      return post({ id, results: db.exec(sql, params, config) })
    case 'each': {
      const rows = (row: object): void => post({ id, row, finished: false })
      db.each(sql, params, rows, () => post({ id, finished: true }), config)
      return
    }
    case 'getRowsModified':
      return post({ id, rowsModified: db.getRowsModified() })
    case 'export': {
      const buffer = db.export()
      return post({ id, buffer }, [buffer.buffer as ArrayBuffer])
    }
    default:
      throw new Error(`Invalid action : ${String(action)}`)
  }
}

/** Answers `message` once the module is there; a failure is answered as { id, error }. */
export async function answerMessage(
  starting: Promise<SqlJsStatic>,
  message: WorkerMessage,
  post: Post,
): Promise<void> {
  try {
    answer(await starting, message, post)
  } catch (error) {
    post({ id: message.id, error: error instanceof Error ? error.message : String(error) })
  }
}
