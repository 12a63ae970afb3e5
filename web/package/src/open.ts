// The object that openCatalog gives: a property per model of describe(), and the methods of all.
import type { Scope } from './calls.js'
import type { CatalogCore } from './catalog-core.js'
import type { ChangeListener } from './change-listeners.js'
import { givenFunction } from './given-function.js'
import { ModelHandle } from './model-handle.js'
import { Keeper } from './storage/keeper.js'
import { urlsOf } from './pictures/urls.js'
import { runSql } from './sql-tag.js'
import { runTransaction } from './transaction.js'
import type { TransactionScope } from './transaction.js'
import type { Watcher } from './watchers.js'

// Older engines have no such symbol; there `using` is compiled to look for this one.
const dispose: typeof Symbol.dispose =
  Symbol.dispose ?? /* @__PURE__ */ (Symbol.for('Symbol.dispose') as typeof Symbol.dispose)

function addModels(target: object, core: CatalogCore, scope: Scope | null): void {
  core.describe().models.forEach((model, number) => {
    const value = new ModelHandle(core, number, scope)
    Object.defineProperty(target, model.table, { value, enumerable: true })
  })
}

function transaction(core: CatalogCore, scope: TransactionScope | null, work: unknown): unknown {
  scope?.check()
  const run = givenFunction<(tx: object) => unknown>(work, 'transaction')
  return runTransaction(core, (inner) => run(transactionFace(core, inner)), scope)
}

// What the catalog and its transactions have in common.
function sharedCalls(core: CatalogCore, scope: TransactionScope | null): object {
  return {
    transaction: (work: unknown) => transaction(core, scope, work),
    sql: (strings: unknown, ...values: unknown[]) => {
      scope?.check()
      return runSql(core, strings, values)
    },
    describe: () => core.describe(),
  }
}

function transactionFace(core: CatalogCore, scope: TransactionScope): object {
  const face = sharedCalls(core, scope)
  addModels(face, core, scope)
  return face
}

/** The catalog's public face. Its type is CatalogOf. */
export function catalogFace(core: CatalogCore, keeper = new Keeper(core, null)): object {
  const description = core.describe()
  const close = (): void => {
    core.close()
    urlsOf(description).close()
  }
  const face = {
    ...sharedCalls(core, null),
    onQuery: (watcher: unknown) => core.watch(givenFunction<Watcher>(watcher, 'onQuery')),
    onChange: (told: unknown) => core.onChange(givenFunction<ChangeListener>(told, 'onChange')),
    undo: () => core.askHistory('undo'),
    redo: () => core.askHistory('redo'),
    history: () => core.askHistory('history'),
    sweepPictures: () => core.value('sweep', 0, []),
    export: () => core.export(),
    replaceWith: (data: unknown) => keeper.replaceWith(data),
    backups: () => keeper.backups(),
    restore: (name: string) => keeper.restore(name),
    get raw() {
      return core.raw
    },
    close,
    [dispose]: close,
  }
  addModels(face, core, null)
  return face
}
