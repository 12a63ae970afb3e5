// Live queries behind a worker: the page follows the commits that it is told of, and asks again.
import type { Calls } from '../calls.js'
import { LiveQueries } from '../live/live-queries.js'
import type { LiveSource } from '../live/live-source.js'
import type { PlainRow } from '../packet/shape.js'
import { outgoing } from '../values/outgoing.js'
import type { Connection } from './connection.js'
import type { RemoteCalls } from './remote-calls.js'

/** What live queries are opened with, and what ends all of them. */
export interface LiveCalls {
  readonly live: NonNullable<Calls['live']>
  readonly end: () => void
}

export function liveCalls(connection: Connection, calls: RemoteCalls): LiveCalls {
  const source: LiveSource = {
    describe: () => calls.describe(),
    tables: (model, args) => {
      // Before the first rows are asked for, so that no commit falls between the two.
      connection.listen()
      return calls.value('tables', model, [['', args]]) as Promise<string[]>
    },
    find: (model, args): Promise<PlainRow[]> => calls.rows('find', model, [['', args]]),
    get commits() {
      return connection.commits
    },
    onChange: (listener) => connection.onChange(listener),
  }
  const queries = new LiveQueries(source)
  return {
    live: (model, args) => queries.open(model, args, outgoing([['', args]])),
    end: () => queries.end(),
  }
}
