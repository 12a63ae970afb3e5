// Shop: the page's one hold on the catalog. It sends the requests and gives rows back; what they
// mean and how they look is decided elsewhere.
import { openCatalog, type Catalog } from 'vitrine/sync'
import type {
  Category,
  CountedCategory,
  CountedUnit,
  Data,
  ListedItem,
  ModelName,
  Product,
  Removal,
} from './rows'
import { kCardInclude, kItemInclude, nameFilter, productFilter, productOrder } from './requests'
import type { Sort } from '../state/route'

// How many products a category has among those found.
export interface Facet {
  readonly category: Category
  readonly count: number
}

export interface Found<Row> {
  readonly rows: readonly Row[]
  // How many there are, shown or not.
  readonly total: number
}

export interface NamedRow {
  readonly id: number
  readonly name: string
}

// The calls that forms make, alike for every model they edit.
interface Table {
  find(args: object): readonly NamedRow[]
  get(id: number): Data
  create(data: Data): unknown
  update(id: number, data: Data): unknown
  delete(id: number, options: { readonly dryRun: boolean }): Removal
}

export class Shop {
  readonly #db: Catalog

  private constructor(db: Catalog) {
    this.#db = db
  }

  // The shop in a .sqlite file's bytes, or an empty one. Fails with the package's CatalogError.
  static async open(data?: Uint8Array): Promise<Shop> {
    return new Shop(await openCatalog(data ? { data } : {}))
  }

  products(args: {
    readonly search: string
    readonly category: number | null
    readonly sort: Sort
    readonly limit: number
  }): Found<Product> {
    const where = productFilter(args.search, args.category)
    const rows = this.#db.product.find({
      where,
      include: kCardInclude,
      orderBy: productOrder(args.sort),
      limit: args.limit,
    })
    return { rows, total: this.#db.product.count({ where }) }
  }

  // Every category with the number of its products that the search finds, in shelf order.
  facets(search: string): readonly Facet[] {
    const counts = new Map<number | null, number>()
    const where = productFilter(search, null)
    const found = this.#db.product.find({ where, select: ['category_id'] })
    for (const { category_id: id } of found) counts.set(id, (counts.get(id) ?? 0) + 1)
    const categories = this.#db.category.find({ orderBy: [{ id: 'asc' }] })
    return categories.map((category) => ({ category, count: counts.get(category.id) ?? 0 }))
  }

  // A product with all that its page shows, or null when there is none.
  product(id: number): Product | null {
    return this.#db.product.first({ where: { id }, include: kCardInclude })
  }

  categories(search: string, limit: number): Found<CountedCategory> {
    const where = nameFilter(search)
    const include = { _count: { products: true } } as const
    const rows = this.#db.category.find({ where, include, orderBy: [{ name: 'asc' }], limit })
    return { rows, total: this.#db.category.count({ where }) }
  }

  units(search: string, limit: number): Found<CountedUnit> {
    const where = nameFilter(search)
    const include = { _count: { product_items: true } } as const
    const rows = this.#db.uom.find({ where, include, orderBy: [{ name: 'asc' }], limit })
    return { rows, total: this.#db.uom.count({ where }) }
  }

  items(search: string, limit: number): Found<ListedItem> {
    const where = nameFilter(search)
    const orderBy = [{ name: 'asc' }] as const
    const rows = this.#db.product_item.find({ where, include: kItemInclude, orderBy, limit })
    return { rows, total: this.#db.product_item.count({ where }) }
  }

  // The rows of a model by name, for a choice in a form.
  names(model: ModelName): readonly NamedRow[] {
    return this.#table(model).find({ select: ['id', 'name'], orderBy: [{ name: 'asc' }] })
  }

  // One row's columns. Fails with NOT_FOUND.
  row(model: ModelName, id: number): Data {
    return this.#table(model).get(id)
  }

  // Writes a row, new when `id` is null. Fails with the package's CatalogError and then has changed
  // nothing.
  save(model: ModelName, id: number | null, data: Data): void {
    if (id === null) this.#table(model).create(data)
    else this.#table(model).update(id, data)
  }

  // How many rows a delete takes with it; with `dryRun` only says so.
  delete(model: ModelName, id: number, dryRun = false): Removal {
    return this.#table(model).delete(id, { dryRun })
  }

  // A picture's content, or null when the catalog does not hold it.
  content(sha256: string): { readonly mimetype: string; readonly bytes: Uint8Array } | null {
    return this.#db.image_blob.first({ where: { sha256 }, select: ['mimetype', 'bytes'] })
  }

  // The whole shop as an ordinary .sqlite file.
  file(): Uint8Array {
    return this.#db.export()
  }

  close(): void {
    this.#db.close()
  }

  // A form's values are text until the catalog has judged them, so here the model's own types are
  // set aside for what all four have in common.
  #table(model: ModelName): Table {
    return this.#db[model] as unknown as Table
  }
}
