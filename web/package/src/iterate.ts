// iterate(): all rows of a request, fetched page by page. A page goes on after the last row of the
// one before, so that rows added or removed meanwhile neither repeat nor hide others.
import type { Options } from './options.js'
import type { PlainRow } from './packet/shape.js'
import type { ModelDescription } from './types/description.js'

/** Rows fetched at a time: few enough to be quick, enough that calls cost nothing. */
const kPageRows = 500

type Path = readonly string[]

// { category: { name: 'asc' } } -> category, name. What is no order is left for the module to
// refuse.
function paths(order: unknown, before: Path = []): Path[] {
  if (order === null || typeof order !== 'object') return [before]
  return Object.entries(order).flatMap(([name, value]) => paths(value, [...before, name]))
}

// The rows as asked for, with the columns at `path` among them.
function withColumn(asked: Options, [name, ...further]: Path): Options {
  if (further.length === 0) {
    const { select } = asked
    if (!Array.isArray(select) || select.includes(name)) return asked
    return { ...asked, select: [...(select as unknown[]), name] }
  }
  const { include = {} } = asked
  const known = (include as Options)[name]
  if (known === true) return { ...asked, include: withRelated(include, name, {}, further) }
  const related =
    typeof known === 'object' && known !== null ? known : { select: further.slice(-1) }
  return { ...asked, include: withRelated(include, name, related, further) }
}

function withRelated(include: unknown, name: string, related: object, further: Path): Options {
  return { ...(include as Options), [name]: withColumn(related as Options, further) }
}

function valueAt(row: PlainRow, path: Path): unknown {
  let value: unknown = row
  for (const name of path) value = value === null ? null : (value as PlainRow)[name]
  return value
}

// Takes out what only the paging needed.
function trim(row: PlainRow, asked: Options, extended: Options): PlainRow {
  const { select, include = {} } = asked
  const { select: more, include: moreIncluded = {} } = extended
  if (Array.isArray(select) && Array.isArray(more)) {
    for (const name of more.slice(select.length)) Reflect.deleteProperty(row, name as string)
  }
  for (const [name, related] of Object.entries(moreIncluded as Options)) {
    const wanted = (include as Options)[name]
    const child = row[name]
    if (wanted === undefined || wanted === false) Reflect.deleteProperty(row, name)
    else if (child !== null && !Array.isArray(child)) {
      trim(child as PlainRow, wanted === true ? {} : (wanted as Options), related as Options)
    }
  }
  return row
}

/**
 * Yields the requests of a walk. Resumed with the rows of one, it takes out what it added itself.
 */
export type Pages = Generator<Options, void, PlainRow[]>

function* byOffset(asked: Options, start: number, limit: number): Pages {
  for (let given = 0; given < limit; given += kPageRows) {
    const size = Math.min(kPageRows, limit - given)
    const rows = yield { ...asked, limit: size, offset: start + given }
    if (rows.length < size) return
  }
}

/** The pages of `args`, in order. */
export function* pagesOf(model: ModelDescription, args: Options): Pages {
  const { limit = Infinity, offset = 0, after: first, ...asked } = args
  const { search, orderBy = [] } = asked
  const order = (Array.isArray(orderBy) ? orderBy : [orderBy]).flatMap((one) => paths(one))
  // The order of a search without an order of its own is its rank, after which nothing can start.
  const isRanked = typeof search === 'string' && order.length === 0
  if (isRanked) return yield* byOffset(asked, Number(offset), Number(limit))
  const ends = [...order, ...model.primary_key.map((name) => [name])]
  const extended = ends.reduce(withColumn, asked)
  const isExtended = extended !== asked
  let after = first
  for (let left = Number(limit); left > 0; left -= kPageRows) {
    const size = Math.min(kPageRows, left)
    const start = after === undefined ? {} : { after }
    const skip = after === first ? { offset } : {}
    const rows = yield { ...extended, ...start, ...skip, limit: size }
    if (rows.length > 0) after = ends.map((path) => valueAt(rows[rows.length - 1], path))
    if (isExtended) for (const row of rows) trim(row, asked, extended)
    if (rows.length < size) return
  }
}

/** The rows of `pages`; `find` fetches a page of them. */
export function* walk(pages: Pages, find: (args: Options) => PlainRow[]): Generator<PlainRow> {
  for (let page = pages.next(); page.done !== true;) {
    const rows = find(page.value)
    page = pages.next(rows)
    yield* rows
  }
}

/**
 * As walk(), for a catalog that answers with promises: `refuse` tells mistakes before the first
 * page, `check` may end it before each row.
 */
export async function* walkLater(
  refuse: () => unknown,
  pages: Pages,
  find: (args: Options) => Promise<PlainRow[]>,
  check: () => void,
): AsyncGenerator<PlainRow> {
  await refuse()
  for (let page = pages.next(); page.done !== true;) {
    const rows = await find(page.value)
    page = pages.next(rows)
    for (const row of rows) {
      check()
      yield row
    }
  }
}
