// The types that both entries, `vitrine` and `vitrine/sync`, give by the same names: what is asked
// of the catalog of this package and what it answers. What promises change is each entry's own.
import type { SeedModels } from './generated/models.js'
import type { CreateOf, GraphOf, UpdateOf } from './types/data.js'
import type { Column, Nothing } from './types/facts.js'
import type { IncludeOf, KeyOf, OrderOf } from './types/request.js'
import type { RowOf } from './types/row.js'
import type { WhereOf } from './types/where.js'

export type { ErrorCode, Failure, Issue } from './errors.js'
export type * from './generated/models.js'
export type { PictureSize, PreparedPicture } from './pictures/prepared.js'
export type { PictureSource } from './pictures/source.js'
export type { PictureUrl } from './pictures/urls.js'
// Declarations that the compiler writes for what holds db.product refer to ModelApiOf.
export type { ModelApi as ModelApiOf, Removed } from './types/catalog.js'
export type * from './types/description.js'
export type { Changes, History, HistoryStep, Live, RowCounts } from './types/live.js'
export type { AttachmentApi, PictureContent, PrepareOptions, Scale } from './types/pictures.js'
export type { RequestSql, SqlParameter, SqlRow, SqlValue, StatementReport } from './types/sql.js'
export type { Backup } from './types/storage.js'

type Name = keyof SeedModels

/** What `where` takes for model M. */
export type Where<M extends Name> = WhereOf<SeedModels, M>
/** What `include` takes for model M. */
export type Include<M extends Name> = IncludeOf<SeedModels, M>
/** One term of `orderBy` for model M. */
export type OrderBy<M extends Name> = OrderOf<SeedModels, M>
/** How a row of model M is named. */
export type Key<M extends Name> = KeyOf<SeedModels, M>
/** What create() takes for model M. */
export type CreateData<M extends Name> = CreateOf<SeedModels, M>
/** What update() takes for model M. */
export type UpdateData<M extends Name> = UpdateOf<SeedModels, M>
/** What save() takes for model M: with I, a row that was loaded with this and is being edited. */
export type Graph<M extends Name, I extends Include<M> = Nothing> = GraphOf<SeedModels, M, I>
/** A row of model M: with what I includes, and of the columns C only. */
export type Row<
  M extends Name,
  I = Nothing,
  C extends Column<SeedModels, M> = Column<SeedModels, M>,
> = RowOf<SeedModels, M, C, I>
