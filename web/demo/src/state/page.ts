// What a view shows, loaded from the shop in one go. The only place where a route becomes requests.
import type { Card, Category, Picture, Product } from '../catalog/rows'
import type { Facet, Found, Shop } from '../catalog/shop'
import type { ManageRoute, Route, WindowRoute } from './route'
import { countOf, kLoose, kNouns, soldBy } from './words'

export interface WindowPage {
  readonly view: 'window'
  readonly route: WindowRoute
  readonly shelves: readonly Shelf[]
  readonly facets: readonly Facet[]
  // Products found that have no category.
  readonly loose: number
  // Products found, and how many of them are on the page.
  readonly total: number
  readonly shown: number
}
// Products that stand together; without a category they are the results of a search or a sort.
export interface Shelf {
  readonly category: Category | null
  readonly products: readonly Card[]
}
export interface ProductPage {
  readonly view: 'product'
  readonly product: Product
  // Others from the same category.
  readonly neighbours: readonly Card[]
}
export interface ManagePage {
  readonly view: 'manage'
  readonly route: ManageRoute
  readonly rows: readonly ManageRow[]
  readonly total: number
}
export interface ManageRow {
  readonly id: number
  readonly name: string
  // One text for each of the model's columns after the name.
  readonly details: readonly string[]
  readonly picture: readonly Picture[]
  readonly href: string | null
}
export interface MissingPage {
  readonly view: 'missing'
  readonly words: string
}
export type Page = WindowPage | ProductPage | ManagePage | MissingPage

const kNeighbours = 6

export async function loadPage(shop: Shop, route: Route, limit: number): Promise<Page> {
  switch (route.view) {
    case 'window':
      return windowPage(shop, route, limit)
    case 'product':
      return productPage(shop, route.id)
    case 'manage':
      return { view: 'manage', route, ...(await manageRows(shop, route, limit)) }
    case 'missing':
      return { view: 'missing', words: `There is nothing at ${route.path}.` }
  }
}

// The heading of a view, also the title of the browser's tab.
export function pageTitle(page: Page): string {
  switch (page.view) {
    case 'window':
      return windowTitle(page)
    case 'product':
      return page.product.name
    case 'manage':
      return `Manage ${kNouns[page.route.model].many}`
    case 'missing':
      return 'Not here'
  }
}

function windowTitle({ route, facets }: WindowPage): string {
  if (route.search !== '') return `Search: ${route.search}`
  if (route.category === 'none') return kLoose
  const chosen = facets.find(({ category }) => category.id === route.category)
  return chosen?.category.name ?? 'The shop window'
}

// Products in their given order, parted where the category changes.
function toShelves(products: readonly Card[]): readonly Shelf[] {
  const shelves: { category: Category | null; products: Card[] }[] = []
  for (const product of products) {
    const last = shelves.at(-1)
    if (last && last.category?.id === product.category?.id) last.products.push(product)
    else shelves.push({ category: product.category, products: [product] })
  }
  return shelves
}

async function windowPage(shop: Shop, route: WindowRoute, limit: number): Promise<WindowPage> {
  const [{ rows, total }, { facets, loose }] = await Promise.all([
    shop.products({ ...route, limit }),
    shop.facets(route.search),
  ])
  const onShelves = route.sort === 'shelf' && route.search === ''
  const shelves = onShelves ? toShelves(rows) : [{ category: null, products: rows }]
  return { view: 'window', route, shelves, facets, loose, total, shown: rows.length }
}

async function productPage(shop: Shop, id: number): Promise<ProductPage | MissingPage> {
  const product = await shop.product(id)
  if (!product) return { view: 'missing', words: 'This product is not in the shop any more.' }
  return { view: 'product', product, neighbours: await neighboursOf(shop, product) }
}

async function neighboursOf(shop: Shop, product: Product): Promise<readonly Card[]> {
  if (product.category_id === null) return []
  const found = await shop.products({
    search: '',
    category: product.category_id,
    sort: 'shelf',
    limit: kNeighbours + 1,
  })
  return found.rows.filter(({ id }) => id !== product.id).slice(0, kNeighbours)
}

async function manageRows(
  shop: Shop,
  { model, search }: ManageRoute,
  limit: number,
): Promise<Found<ManageRow>> {
  const none = { picture: [], href: null }
  switch (model) {
    case 'product': {
      const { rows, total } = await shop.products({ search, category: null, sort: 'name', limit })
      return { total, rows: rows.map(productRow) }
    }
    case 'product_item': {
      const { rows, total } = await shop.items(search, limit)
      const row = (item: (typeof rows)[number]) => ({
        id: item.id,
        name: item.name,
        details: [item.product?.name ?? '', item.uom?.name ?? ''],
        picture: item.image_url.length > 0 ? item.image_url : (item.product?.image ?? []),
        href: item.product_id === null ? null : `/product/${item.product_id}`,
      })
      return { total, rows: rows.map(row) }
    }
    case 'category': {
      const { rows, total } = await shop.categories(search, limit)
      const row = (category: (typeof rows)[number]) => ({
        ...none,
        id: category.id,
        name: category.name,
        details: [category.description, countOf(category._count.products, kNouns.product)],
        href: `/?category=${category.id}`,
      })
      return { total, rows: rows.map(row) }
    }
    case 'uom': {
      const { rows, total } = await shop.units(search, limit)
      const row = (unit: (typeof rows)[number]) => ({
        ...none,
        id: unit.id,
        name: unit.name,
        details: [unit.symbol ?? '', countOf(unit._count.product_items, kNouns.product_item)],
      })
      return { total, rows: rows.map(row) }
    }
  }
}

function productRow(product: Card): ManageRow {
  const units = soldBy(product.product_items.map(({ uom }) => uom))
  const items = countOf(product.product_items.length, kNouns.product_item)
  return {
    id: product.id,
    name: product.name,
    details: [product.category?.name ?? '', units === '' ? items : `${items}: ${units}`],
    picture: product.image,
    href: `/product/${product.id}`,
  }
}
