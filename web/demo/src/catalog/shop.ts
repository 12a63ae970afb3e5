// Shop: the page's one hold on the catalog. It sends the requests and gives rows back; what they
// mean and how they look is decided elsewhere.
import { openCatalog, type Catalog } from 'vitrine'
import type {
  Card,
  Category,
  CountedCategory,
  CountedUnit,
  Data,
  ListedItem,
  ModelName,
  Product,
  Removal,
} from './rows'
import {
  kCardInclude,
  kItemInclude,
  kByName,
  kNamesByName,
  kProductInclude,
  nameFilter,
  nameSearches,
  productFilter,
  productOrder,
  type Choice,
  type Sort,
} from './requests'
import { Copies } from './copies'
import { Gallery, type Progress } from './gallery'
import { picturesWith, wholeShop } from './removal'
import { Steps } from './steps'
import { isStocked, noteStocked } from './stocked'

// How many products a category has among those found.
export interface Facet {
  readonly category: Category
  readonly count: number
}

// All that the search finds, by category; `loose` counts those that have none.
export interface Facets {
  readonly facets: readonly Facet[]
  readonly loose: number
}

export interface Found<Row> {
  readonly rows: readonly Row[]
  // How many there are, shown or not.
  readonly total: number
}

// Where the shop is, in a visitor's terms.
export interface StorageLine {
  // Whether it is still there after a reload.
  readonly isKept: boolean
  // Whether the browser has promised not to delete it.
  readonly isPersisted: boolean
  readonly used_bytes: number
}

export interface NamedRow {
  readonly id: number
  readonly name: string
}

// A .sqlite file, or an archive of the pictures and the rows, as JSON or as CSV.
export type FileKind = 'sqlite' | 'json' | 'csv'

export interface Content {
  readonly sha256: string
  readonly mimetype: string
  readonly bytes: Uint8Array
}

// The calls that forms make, alike for every model they edit.
interface Table {
  find(args: object): Promise<readonly NamedRow[]>
  get(id: number): Promise<Data>
  create(data: Data): Promise<unknown>
  update(id: number, data: Data): Promise<unknown>
  delete(id: number, options: { readonly dryRun: boolean }): Promise<Removal>
}

const kName = 'shop'

export class Shop {
  readonly gallery: Gallery
  readonly steps: Steps
  readonly copies: Copies
  readonly #db: Catalog

  private constructor(db: Catalog) {
    this.#db = db
    this.gallery = new Gallery(db)
    this.steps = new Steps(db)
    this.copies = new Copies(db)
  }

  // The shop that this browser keeps for all its tabs. Fails with the package's CatalogError.
  static async open(): Promise<Shop> {
    return new Shop(await openCatalog({ name: kName, storage: 'auto' }))
  }

  // A shop that ends with the tab. Fails with the package's CatalogError.
  static async openUnkept(): Promise<Shop> {
    return new Shop(await openCatalog({ name: kName, storage: 'memory' }))
  }

  // Whether it is still there after a reload.
  get isKept(): boolean {
    return this.#db.storage.kind !== 'memory'
  }

  // Calls `listener` after each change of the shop, whichever tab made it.
  onChange(listener: () => void): void {
    this.#db.onChange(() => listener())
  }

  // Whether nothing was ever put into it. What ends with the tab is always new.
  async isNew(): Promise<boolean> {
    const counts = await Promise.all([this.#db.category.count(), this.#db.product.count()])
    const isEmpty = counts.every((count) => count === 0)
    return isEmpty && !(this.isKept && isStocked())
  }

  // How many rows and pictures it has, in a visitor's count.
  counts(): Promise<Removal> {
    return wholeShop(this.#db)
  }

  // Puts the shop of a .sqlite file in the place of this one, or leaves this one as it is.
  async replace(file: Uint8Array): Promise<void> {
    await this.#db.replaceWith(file)
    if (this.isKept) noteStocked()
  }

  // Takes everything out of it, in one step that can be undone.
  async empty(): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.category.deleteMany({ where: {} })
      await tx.product.deleteMany({ where: {} })
      await tx.uom.deleteMany({ where: {} })
    })
    if (this.isKept) noteStocked()
  }

  // Where it is kept.
  async storage(): Promise<StorageLine> {
    const { persisted: isPersisted, usage_bytes: used_bytes } = await this.#db.storage.status()
    return { isKept: this.isKept, isPersisted, used_bytes }
  }

  keep(): Promise<boolean> {
    return this.#db.storage.persist()
  }

  async products(args: {
    readonly search: string
    readonly category: Choice | null
    readonly sort: Sort
    readonly limit: number
  }): Promise<Found<Card>> {
    const where = productFilter(args.search, args.category)
    const orderBy = productOrder(args.sort)
    const { limit } = args
    const rows = this.#db.product.find({ where, include: kCardInclude, orderBy, limit })
    return found(rows, this.#db.product.count({ where }))
  }

  // Every category with the number of its products that the search finds, in shelf order.
  async facets(search: string): Promise<Facets> {
    const counts = new Map<number | null, number>()
    const where = productFilter(search, null)
    const [products, categories] = await Promise.all([
      this.#db.product.find({ where, select: ['category_id'] }),
      this.#db.category.find({ orderBy: [{ id: 'asc' }] }),
    ])
    for (const { category_id: id } of products) counts.set(id, (counts.get(id) ?? 0) + 1)
    const countOf = (id: number | null) => counts.get(id) ?? 0
    const facets = categories.map((category) => ({ category, count: countOf(category.id) }))
    return { facets, loose: countOf(null) }
  }

  // A product with all that its page shows, or null when there is none.
  product(id: number): Promise<Product | null> {
    return this.#db.product.first({ where: { id }, include: kProductInclude })
  }

  async categories(search: string, limit: number): Promise<Found<CountedCategory>> {
    const where = nameFilter(search)
    const include = { _count: { products: true } } as const
    const rows = this.#db.category.find({ where, include, orderBy: kByName, limit })
    return found(rows, this.#db.category.count({ where }))
  }

  async units(search: string, limit: number): Promise<Found<CountedUnit>> {
    const where = nameFilter(search)
    const include = { _count: { product_items: true } } as const
    const rows = this.#db.uom.find({ where, include, orderBy: kByName, limit })
    return found(rows, this.#db.uom.count({ where }))
  }

  async items(search: string, limit: number): Promise<Found<ListedItem>> {
    const where = nameFilter(search)
    const rows = this.#db.product_item.find({
      where,
      include: kItemInclude,
      orderBy: kByName,
      limit,
    })
    return found(rows, this.#db.product_item.count({ where }))
  }

  // At most `limit` rows of a model with each word of `search` in their names: first those that
  // begin with it, by name, then the others.
  async names(model: ModelName, search: string, limit: number): Promise<readonly NamedRow[]> {
    const found = await Promise.all(
      nameSearches(search).map((where) =>
        this.#table(model).find({ where, ...kNamesByName, limit }),
      ),
    )
    const rows = new Map(found.flat().map((row) => [row.id, row]))
    return [...rows.values()].slice(0, limit)
  }

  // The row with exactly this name, or null.
  async named(model: ModelName, name: string): Promise<NamedRow | null> {
    const rows = await this.#table(model).find({ where: { name }, ...kNamesByName, limit: 1 })
    return rows[0] ?? null
  }

  // One row's columns. Fails with NOT_FOUND.
  row(model: ModelName, id: number): Promise<Data> {
    return this.#table(model).get(id)
  }

  // Writes a row, new when `id` is null. Fails with the package's CatalogError and then has changed
  // nothing.
  async save(model: ModelName, id: number | null, data: Data): Promise<void> {
    const table = this.#table(model)
    await (id === null ? table.create(data) : table.update(id, data))
  }

  // How many rows and pictures a delete would take with it.
  whatWouldGo(model: ModelName, id: number): Promise<Removal> {
    return this.#remove(model, id, { dryRun: true })
  }

  // Deletes the row; how many rows and pictures went with it.
  delete(model: ModelName, id: number): Promise<Removal> {
    return this.#remove(model, id, { dryRun: false })
  }

  // Takes the last change back, or makes it again, whichever tab made it. Fails with STATE when
  // there is none, or when it cannot be taken back any more.
  async step(way: 'undo' | 'redo'): Promise<void> {
    await (way === 'undo' ? this.#db.undo() : this.#db.redo())
  }

  // The contents of pictures, of those that the catalog holds.
  contents(sha256: readonly string[]): Promise<readonly Content[]> {
    const select = ['sha256', 'mimetype', 'bytes'] as const
    return this.#db.image_blob.find({ where: { sha256: { in: sha256 } }, select })
  }

  // The whole shop as an ordinary .sqlite file, or as an archive of texts and pictures.
  async file(kind: FileKind): Promise<Blob> {
    if (kind === 'sqlite') {
      const bytes = new Uint8Array(await this.#db.export())
      return new Blob([bytes], { type: 'application/vnd.sqlite3' })
    }
    const { exportArchive } = await import('vitrine/archive')
    return exportArchive(this.#db, { texts: kind })
  }

  // Takes the rows and pictures of an archive in, beside those that are there, in one step; how
  // many rows are new. Fails with IMPORT, or with ABORTED, and then has changed nothing.
  async take(archive: Blob, progress: Progress): Promise<number> {
    const { importArchive } = await import('vitrine/archive')
    const { created } = await importArchive(this.#db, archive, progress)
    return created
  }

  close(): Promise<void> {
    return this.#db.close()
  }

  async #remove(
    model: ModelName,
    id: number,
    options: { readonly dryRun: boolean },
  ): Promise<Removal> {
    const pictures = await picturesWith(this.#db, model, id)
    return { ...(await this.#table(model).delete(id, options)), ...pictures }
  }

  // A form's values are text until the catalog has judged them, so here the model's own types are
  // set aside for what all four have in common.
  #table(model: ModelName): Table {
    return this.#db[model] as unknown as Table
  }
}

async function found<Row>(
  asked: Promise<readonly Row[]>,
  counted: Promise<number>,
): Promise<Found<Row>> {
  const [rows, total] = await Promise.all([asked, counted])
  return { rows, total }
}
