// The object that openCatalog of the entry `vitrine` gives: the handles of vitrine/sync, whose
// every call answers with a promise. What a call refuses at once rejects its promise too.
import type { Scope } from '../calls.js'
import type { ChangeListener } from '../change-listeners.js'
import { givenFunction } from '../given-function.js'
import { walkLater } from '../iterate.js'
import { ModelHandle } from '../model-handle.js'
import { signalOf } from '../options.js'
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import type { Attachment } from '../pictures/attachment.js'
import { urlsOf } from '../pictures/urls.js'
import { runSql } from '../sql-tag.js'
import { TransactionScope } from '../transaction.js'
import type { Watcher } from '../watchers.js'
import { aborted } from './connection.js'
import type { Connection } from './connection.js'
import { liveCalls } from './live.js'
import type { RemoteCalls } from './remote-calls.js'

// Older engines have no such symbol; there `await using` is compiled to look for this one.
const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ??
  /* @__PURE__ */ (Symbol.for('Symbol.asyncDispose') as typeof Symbol.asyncDispose)

const kReads = ['find', 'first', 'get', 'count', 'aggregate', 'toSQL'] as const
const kWrites = [
  'create',
  'createMany',
  'update',
  'updateMany',
  'upsert',
  'save',
  'delete',
  'deleteMany',
] as const

const kPictureCalls = [
  'prepare',
  'attach',
  'original',
  'find',
  'thumbnail',
  'list',
  'alt',
  'remove',
  'reorder',
  'blob',
  'url',
] as const

type Method = (...values: unknown[]) => unknown

// The last argument without its signal, where it has one.
function splitSignal(values: readonly unknown[]): [unknown[], AbortSignal | null] {
  const last = values[values.length - 1]
  if (last === null || typeof last !== 'object' || signalOf(last) === null) {
    return [[...values], null]
  }
  const { signal, ...rest } = last as { readonly signal: AbortSignal }
  return [[...values.slice(0, -1), rest], signal]
}

const later = (call: () => unknown): Promise<unknown> => new Promise((resolve) => resolve(call()))

function modelFace(calls: RemoteCalls, model: number, scope: Scope | null): object {
  const handle = new ModelHandle(calls, model, scope)
  const on = (signal: AbortSignal | null): ModelHandle =>
    signal === null ? handle : new ModelHandle(calls.until(signal), model, scope)
  const run = (target: ModelHandle, name: string, values: unknown[]): unknown =>
    (target as unknown as Record<string, Method>)[name](...values)
  const face: Record<string, Method> = {
    live: (args) => handle.live(args),
    iterate: (args) => {
      const [[asked], signal] = splitSignal([args])
      const target = on(signal)
      const pages = target.pages(asked)
      const find = (page: Options): Promise<PlainRow[]> => target.find(page) as Promise<PlainRow[]>
      const refuse = (): unknown => target.toSQL(asked)
      return walkLater(refuse, pages, find, () => {
        if (signal?.aborted === true) throw aborted(signal)
      })
    },
  }
  for (const name of kReads) {
    face[name] = (...values) =>
      later(() => {
        const [given, signal] = splitSignal(values)
        return run(on(signal), name, given)
      })
  }
  for (const name of kWrites) face[name] = (...values) => later(() => run(handle, name, values))
  face['attachment'] = (name) => attachmentFace(handle.attachment(name))
  return face
}

// The calls of an attachment, each a promise.
function attachmentFace(attachment: Attachment): object {
  const calls = attachment as unknown as Record<string, Method>
  const face = kPictureCalls.map((name) => {
    return [name, (...values: unknown[]) => later(() => calls[name](...values))] as const
  })
  return Object.fromEntries(face)
}

function sharedCalls(calls: RemoteCalls, scope: TransactionScope | null): Record<string, unknown> {
  const face: Record<string, unknown> = {
    transaction: (work: unknown) => later(() => runLease(calls, scope, work)),
    sql: (strings: unknown, ...values: unknown[]) =>
      later(() => {
        scope?.check()
        return runSql(calls, strings, values)
      }),
    describe: () => calls.describe(),
  }
  calls.describe().models.forEach(({ table }, number) => {
    face[table] = modelFace(calls, number, scope)
  })
  return face
}

// Every call inside carries the transaction's number, so that no other is served meanwhile. What is
// asked of the handles around it would wait for this one, which may itself be waiting for that.
async function runLease(
  calls: RemoteCalls,
  scope: TransactionScope | null,
  work: unknown,
): Promise<unknown> {
  scope?.check()
  const run = givenFunction<(tx: object) => unknown>(work, 'transaction')
  const own = new TransactionScope(scope)
  let inside: RemoteCalls | undefined
  try {
    inside = await calls.begin()
    const result = await run(sharedCalls(inside, own))
    own.end()
    await inside.end('commit')
    return result
  } catch (error) {
    own.end()
    // The error on its way out says what happened first.
    await inside?.end('rollback').catch(() => undefined)
    throw error
  }
}

/** The catalog's public face. Its type is CatalogOf with the kind 'async'. */
export function asyncFace(connection: Connection, calls: RemoteCalls, storage: object): object {
  const { live, end } = liveCalls(connection, calls)
  calls.live = live
  const close = (): Promise<void> => {
    end()
    // Last, for the bytes of one more may be on their way.
    return connection.close().finally(() => urlsOf(calls.describe()).close())
  }
  return {
    ...sharedCalls(calls, null),
    storage,
    onQuery: (watcher: unknown) => connection.watch(givenFunction<Watcher>(watcher, 'onQuery')),
    onChange: (told: unknown) =>
      connection.onChange(givenFunction<ChangeListener>(told, 'onChange')),
    undo: () => later(() => calls.askHistory('undo')),
    redo: () => later(() => calls.askHistory('redo')),
    history: () => later(() => calls.askHistory('history')),
    sweepPictures: () => later(() => calls.value('sweep', 0, [])),
    export: () => later(() => calls.export()),
    replaceWith: (data: unknown) => later(() => calls.replaceWith(data)),
    backups: () => later(() => calls.backups()),
    restore: (name: string) => later(() => calls.restore(name)),
    close,
    [asyncDispose]: close,
  }
}
