// vitrine/react: live queries as a hook. React itself is the application's.
import { useMemo, useSyncExternalStore } from 'react'
import type { ModelApi } from './types/catalog.js'
import type { Column, Models, Nothing } from './types/facts.js'
import type { Kind } from './types/kind.js'
import type { Live } from './types/live.js'
import type { FindArgs, IncludeOf } from './types/request.js'
import type { RowOf } from './types/row.js'

/** What useLive gives: rows, or undefined until the first have come. */
export type LiveRows<K extends Kind, T> = K extends 'async' ? T | undefined : T

// What of a model the hook uses.
interface Source {
  live(args: unknown): Live<unknown, 'async'>
}

// What JSON has no form for, or would leave out, makes a request another one too: whether it may be
// there is for the catalog to say.
function text(_: string, value: unknown): unknown {
  const isJson = value === null || /^(object|string|boolean)$/.test(typeof value)
  return isJson || Number.isFinite(value) ? value : { [typeof value]: String(value) }
}

/**
 * The rows of a live query, kept up to date while the component is shown. Requests that say the
 * same are the same, so they may be written in place. An error is thrown while rendering, for the
 * error boundary around it.
 * @example
 * function Boots({ db }) {
 *   const rows = useLive(db.product, { where: { category: { name: 'Boots' } } })
 *   return createElement('ul', null, ...rows.map(({ name }) => createElement('li', null, name)))
 * }
 */
export function useLive<
  S extends Models<S>,
  M extends keyof S,
  K extends Kind,
  const C extends Column<S, M> = Column<S, M>,
  const I extends IncludeOf<S, M> = Nothing,
>(
  model: ModelApi<S, M, K>,
  args?: FindArgs<S, M, C, I>,
): LiveRows<K, readonly RowOf<S, M, C, I>[]> {
  const { subscribe, getSnapshot } = useMemo(() => {
    const live = (model as unknown as Source).live(args)
    // A failure is a change as well: it is thrown by getSnapshot, while rendering.
    const subscribe = (changed: () => void): (() => void) => live.subscribe(changed, changed)
    return { subscribe, getSnapshot: live.getSnapshot }
  }, [model, JSON.stringify(args, text)])
  const rows = useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
  return rows as LiveRows<K, readonly RowOf<S, M, C, I>[]>
}
