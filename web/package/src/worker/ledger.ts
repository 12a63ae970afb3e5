// Ledger: which writes of other tabs took effect, and with what answer, in a small table of the
// catalog's file. A write and its note are one transaction, so that a tab whose owner died can ask
// again, and its write happens exactly once.
import type { CatalogCore } from '../catalog-core.js'
import type { Maybe } from '../maybe.js'
import type { PlainRow } from '../packet/shape.js'
import type { Answer } from '../wasm/engine.js'
import type { VerbName } from '../wasm/glue.js'
import type { Operation, Request } from './messages.js'
import { parseAnswer, serializeAnswer } from './stored-answer.js'
import type { StoredAnswer } from './stored-answer.js'

/** Notes that are kept: far more than all tabs together have calls on their way. */
const kMaxNotes = 500

const kReads: readonly VerbName[] = [
  'find',
  'get',
  'count',
  'aggregate',
  'toSql',
  'tables',
  'content',
  'sniff',
]

// A statement of one's own only reads when it begins like this; the text is JSON.
const kReading = /^\["(?:\s|\\[nrt])*(?:select|values|explain)\b/i

const kTable = `CREATE TABLE IF NOT EXISTS vitrine_call (
  number INTEGER PRIMARY KEY, client TEXT NOT NULL, call INTEGER NOT NULL, answer TEXT NOT NULL
) STRICT`

/** Whether doing it twice would be more than doing it once. */
export function isWrite(operation: Operation): boolean {
  if (operation.do === 'save' || operation.do === 'createMany') return true
  if (operation.do !== 'call') return false
  if (operation.verb === 'sql') return !kReading.test(operation.text)
  return !kReads.includes(operation.verb)
}

export class Ledger {
  readonly #core: () => CatalogCore
  #isThere = false

  constructor(core: () => CatalogCore) {
    this.#core = core
  }

  /** The catalog may be another than before, and have no such table. */
  forget(): void {
    this.#isThere = false
  }

  /** Runs `work`, and notes what it gave when `request` is a write. */
  runAndNote(client: string, request: Request, work: () => Maybe<Answer>): Maybe<Answer> {
    if (!isWrite(request.operation)) return work()
    const core = this.#core()
    this.#prepare()
    core.begin()
    try {
      // Writes of rows are done at once.
      const answer = work() as Answer
      this.note(client, request, answer)
      core.commit()
      return answer
    } catch (error) {
      core.rollback()
      throw error
    }
  }

  /** Notes an answer in the open transaction; those that the client has are let go. */
  note(client: string, { id, acknowledged = 0 }: Request, answer: Answer): void {
    this.#prepare()
    this.#run('DELETE FROM vitrine_call WHERE client = ? AND call <= ?', [client, acknowledged])
    const values = [client, id, serializeAnswer(answer, (shape) => this.#core().shape(shape))]
    this.#run('INSERT INTO vitrine_call (client, call, answer) VALUES (?, ?, ?)', values)
    this.#run('DELETE FROM vitrine_call WHERE number <= last_insert_rowid() - ?', [kMaxNotes])
  }

  /** The answer to a call that took effect, or null. */
  find(client: string, call: number): StoredAnswer | null {
    this.#prepare()
    const sql = 'SELECT answer FROM vitrine_call WHERE client = ? AND call = ?'
    const [row] = this.#run(sql, [client, call])
    return row === undefined ? null : parseAnswer(row['answer'] as string)
  }

  // A table that a transaction made is not sure to be there after it.
  #prepare(): void {
    if (!this.#isThere) this.#run(kTable, [])
    this.#isThere ||= this.#core().depth === 0
  }

  #run(sql: string, values: readonly unknown[]): PlainRow[] {
    return this.#core().table('sql', 0, [
      ['', sql],
      ['values', values],
    ])
  }
}
