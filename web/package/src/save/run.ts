// save() on a catalog of this thread: its parts as calls on handles, in one transaction.
import type { Calls } from '../calls.js'
import { ModelHandle } from '../model-handle.js'
import type { PlainRow } from '../packet/shape.js'
import { runTransaction } from '../transaction.js'
import type { TransactionControl } from '../transaction.js'
import type { ModelDescription } from '../types/description.js'
import { outgoing } from '../values/outgoing.js'
import { Graph } from './graph.js'
import { Save } from './save.js'
import type { Store } from './save.js'

/** What save() asks of a catalog. */
export interface SaveCalls extends Calls, TransactionControl {
  /** Writes a row that nobody reads afterwards; `text`: arguments as they go to the module. */
  answer(verb: 'update', model: number, text: string): unknown
}

/** Writes what differs in `graph`, rows of a model; the root as it is then, with this shape. */
export function runSave(core: SaveCalls, model: number, graph: unknown, shape: PlainRow): PlainRow {
  const { models } = core.describe()
  const handle = (one: ModelDescription): ModelHandle =>
    new ModelHandle(core, models.indexOf(one), null)
  const store: Store = {
    find: (one, args) => handle(one).find(args) as PlainRow[],
    get: (one, key, asked) => handle(one).get(key, asked) as PlainRow,
    create: (one, data, asked) => handle(one).create(data, asked) as PlainRow,
    update(one, key, data, asked) {
      if (asked !== undefined) return handle(one).update(key, data, asked) as PlainRow
      const values = [key, data, null].map((value) => ['', value] as const)
      core.answer('update', models.indexOf(one), outgoing(values))
      return null
    },
  }
  return runTransaction(core, () =>
    new Save(store, new Graph({ models })).run(models[model], graph, shape),
  ) as PlainRow
}
