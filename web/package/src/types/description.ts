// What describe() answers: the registry as data, in the words of the C++ declarations.

export type ColumnType =
  'integer' | 'real' | 'string' | 'text' | 'boolean' | 'datetime' | 'blob' | 'json'

/** A column; facts that say nothing (false, none, empty) are left out. */
export interface ColumnDescription {
  readonly name: string
  readonly type: ColumnType
  /** String(n): at most this many code points. */
  readonly length?: number
  readonly primary_key?: true
  readonly autoincrement?: true
  readonly not_null?: true
  readonly unique?: true
  readonly index?: true
  readonly version_counter?: true
  readonly foreign_key?: {
    readonly table: string
    readonly column: string
    readonly on_delete?: string
  }
  readonly default?: unknown
  readonly server_default?: string
  readonly check?: string
  readonly computed?: unknown
}

export interface RelationshipDescription {
  readonly name: string
  /** The class at the other side: 'Product_Item'. */
  readonly target: string
  readonly direction: 'many_to_one' | 'one_to_many' | 'many_to_many'
  /** The columns that refer: this model's where the direction is many_to_one, else the other's. */
  readonly foreign_keys: readonly string[]
  /** false on a one-to-many makes it one-to-one. */
  readonly uselist?: false
  /** SQLAlchemy's words: 'delete, all'. */
  readonly cascade: string
  readonly secondary?: string
  readonly back_populates?: string
  readonly image_attachment?: true
}

export interface ModelDescription {
  /** The class: 'Product_Item'. */
  readonly name: string
  /** The table, which is also the name in JavaScript: 'product_item'. */
  readonly table: string
  readonly display_column?: string
  readonly columns: readonly ColumnDescription[]
  readonly relationships: readonly RelationshipDescription[]
  readonly search_columns?: readonly string[]
  readonly primary_key: readonly string[]
}

export interface CatalogDescription {
  readonly models: readonly ModelDescription[]
}
