// Rows of a file into the catalog: all of them, or none and a list of those that cannot be taken.
import { CatalogError } from '../errors.js'
import type { ErrorCode, Issue } from '../errors.js'
import { drive } from './drive.js'
import type { Transacting, Work } from './drive.js'
import { inHundredths } from './import-options.js'
import type { Ways } from './import-options.js'

/** What one row of an import failed with. */
export interface ImportIssue extends Issue {
  /** Where it stands: the line of a CSV, the number of the row of a JSON table; from 1 on. */
  readonly line: number
  /** The same in words, or the file of an archive that it is about. */
  readonly path: string
}

export interface ImportReport {
  /** How many rows were written, or would be. */
  readonly rows: number
  /** How many of them are new. */
  readonly created: number
  /** The rows that cannot be taken; only a dry run returns any. */
  readonly issues: readonly ImportIssue[]
}

/** A row that is still to be written, or some that belong together. */
export interface Step<Tx> {
  readonly line: number
  /** Where it stands, in words: 'line 3'. */
  readonly place: string
  readonly model: string
  /** How many rows it has, when not one. */
  readonly rows?: number
  /** Writes it; how many rows are new. Fails with a CatalogError. */
  readonly write: (tx: Tx) => Work<number>
}

/** The steps of an import, in their order. */
export interface Steps<Tx> {
  readonly count: number
  readonly all: Iterable<Step<Tx>>
}

// The column that is at fault, by its relation when it is that of a row that is referred to:
// 'category.name', as the header of a CSV has it.
function fieldOf({ fields, path, model }: CatalogError, own: string): string {
  const [field] = fields
  if (field === undefined) return path
  return model === own || model === '' ? field : path.replace(/[^.]*$/, field)
}

function issueOf(error: CatalogError, { line, place, model }: Step<never>): ImportIssue {
  const { code, message } = error
  return { line, path: place, code, model, field: fieldOf(error, model), message }
}

// What no row is to blame for: the next ones would fail with it too, or with what came of it.
const kOfNoRow: readonly ErrorCode[] = [
  'FULL',
  'IO',
  'NOMEM',
  'CORRUPT',
  'BUSY',
  'CLOSED',
  'LEADER_UNRESPONSIVE',
]

function isOfRow(error: unknown): error is CatalogError {
  if (!(error instanceof CatalogError) || error.reason === 'transaction_lost') return false
  return !kOfNoRow.includes(error.code)
}

// Takes an import back without failing.
class TakenBack extends Error {}

interface Found {
  rows: number
  created: number
  readonly issues: ImportIssue[]
}

function* runAll<Tx>(tx: Tx, steps: Steps<Tx>, found: Found, ways: Ways): Work<void> {
  const tell = inHundredths(ways.progress, steps.count)
  let done = 0
  ways.check()
  for (const step of steps.all) {
    try {
      found.created += yield* step.write(tx)
      found.rows += step.rows ?? 1
    } catch (error) {
      if (!isOfRow(error)) throw error
      found.issues.push(issueOf(error, step))
    }
    tell(++done)
    ways.check()
  }
  if (ways.dryRun || found.issues.length > 0) throw new TakenBack()
}

/**
 * Runs every step, in one transaction, so that one bad row hides no other. Fails with IMPORT, and
 * has written nothing, when there are bad rows; at once with what no row is to blame for, and with
 * ABORTED when it is given up.
 */
export function* importRows<Tx>(
  db: Transacting<Tx>,
  steps: Steps<Tx>,
  ways: Ways,
): Work<ImportReport> {
  const found: Found = { rows: 0, created: 0, issues: [] }
  try {
    yield db.transaction((tx) => drive(runAll(tx, steps, found, ways)))
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  if (found.issues.length > 0 && !ways.dryRun) refuse(found.issues)
  return found
}

function refuse(issues: readonly ImportIssue[]): never {
  const [{ path, message }] = issues
  // What was refused by its file's name says that name already.
  const first = message.startsWith(`${path}: `) ? message : `${path}: ${message}`
  const more = issues.length === 1 ? '' : ` ${issues.length - 1} more are in issues.`
  throw new CatalogError({
    code: 'IMPORT',
    path,
    issues,
    message: `Nothing was imported, because of ${first}${more}`,
  })
}
