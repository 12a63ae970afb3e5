// Rows of a file into the catalog: all of them, or none and a list of those that cannot be taken.
import { CatalogError } from '../errors.js'
import type { Issue } from '../errors.js'

/** What one row of an import failed with. */
export interface ImportIssue extends Issue {
  /** Where it stands: the line of a CSV, the number of the row of a JSON table; from 1 on. */
  readonly line: number
}

export interface ImportReport {
  /** How many rows were written, or would be. */
  readonly rows: number
  /** How many of them are new. */
  readonly created: number
  /** The rows that cannot be taken; only a dry run returns any. */
  readonly issues: readonly ImportIssue[]
}

/** What an import needs of a catalog. */
export interface Importing {
  transaction<T>(work: () => T): T
}

/** A row that is still to be written. */
export interface Step {
  readonly line: number
  readonly model: string
  /** Writes it, true when it is new. Fails with a CatalogError. */
  readonly write: () => boolean
}

function issueOf(error: CatalogError, { line, model }: Step): ImportIssue {
  const { code, message, fields, path } = error
  return { line, code, model, field: fields[0] ?? path, message }
}

// Takes an import back without failing.
class TakenBack extends Error {}

/**
 * Runs every step, in one transaction, each in a savepoint of its own, so that one bad row hides no
 * other. Fails with IMPORT, and has written nothing, when there are bad rows.
 */
export function importRows(db: Importing, steps: Iterable<Step>, dryRun: boolean): ImportReport {
  const issues: ImportIssue[] = []
  let rows = 0
  let created = 0
  const run = (step: Step): void => {
    try {
      if (step.write()) created++
      rows++
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error
      issues.push(issueOf(error, step))
    }
  }
  try {
    db.transaction(() => {
      for (const step of steps) run(step)
      if (dryRun || issues.length > 0) throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  if (issues.length > 0 && !dryRun) refuse(issues)
  return { rows, created, issues }
}

function refuse(issues: readonly ImportIssue[]): never {
  const [{ line, message }] = issues
  const more = issues.length === 1 ? '' : ` ${issues.length - 1} more are in issues.`
  throw new CatalogError({
    code: 'IMPORT',
    path: `line ${line}`,
    issues,
    message: `Nothing was imported. Line ${line}: ${message}${more}`,
  })
}
