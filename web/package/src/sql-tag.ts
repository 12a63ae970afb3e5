// sql`…`: SQL of one's own. Values are bound, never put into the text.
import type { Calls } from './calls.js'
import { CatalogError } from './errors.js'
import type { Maybe } from './maybe.js'
import type { PlainRow } from './packet/shape.js'

// The first word behind blanks, comments and semicolons, where it would end or begin a transaction
// behind the catalog's back.
const kTransactionWord =
  /^(?:[\s;]|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*(begin|commit|end|rollback|savepoint|release)\b/i

function refuse(message: string): never {
  throw new CatalogError({ code: 'VALIDATION', message })
}

/** Runs the statement that a tagged template is, with its values as parameters. */
export function runSql(
  core: Calls,
  strings: unknown,
  values: readonly unknown[],
): Maybe<PlainRow[]> {
  if (!Array.isArray(strings) || !Object.hasOwn(strings, 'raw')) {
    refuse('sql is a tag: write sql`SELECT … WHERE id = ${id}`, so that values are bound.')
  }
  const text = (strings as string[]).join('?')
  const word = kTransactionWord.exec(text)
  if (word !== null) {
    refuse(`${word[1].toUpperCase()} is not for sql: use transaction(), which also nests.`)
  }
  return core.table('sql', 0, [
    ['', text],
    ['values', values],
  ])
}
