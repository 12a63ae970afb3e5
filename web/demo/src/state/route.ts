// The addresses of the page's views. Pure: text to route and back, each the other's inverse.
import type { Choice, Sort } from '../catalog/requests'
import type { ModelName } from '../catalog/rows'

export const kSorts: readonly { readonly sort: Sort; readonly label: string }[] = [
  { sort: 'shelf', label: 'By shelf' },
  { sort: 'name', label: 'Name, A to Z' },
  { sort: 'name-desc', label: 'Name, Z to A' },
  { sort: 'newest', label: 'Newest first' },
]

export interface WindowRoute {
  readonly view: 'window'
  readonly search: string
  // null for all products.
  readonly category: Choice | null
  readonly sort: Sort
}
export interface ProductRoute {
  readonly view: 'product'
  readonly id: number
}
export interface ManageRoute {
  readonly view: 'manage'
  readonly model: ModelName
  readonly search: string
}
export interface MissingRoute {
  readonly view: 'missing'
  readonly path: string
}
export type Route = WindowRoute | ProductRoute | ManageRoute | MissingRoute

// The word that stands for each model in an address.
const kManagePaths: readonly { readonly path: string; readonly model: ModelName }[] = [
  { path: 'products', model: 'product' },
  { path: 'items', model: 'product_item' },
  { path: 'categories', model: 'category' },
  { path: 'units', model: 'uom' },
]

// Longer searches than this are cut: nobody types them, and an address should stay an address.
const kSearchLimit = 100

export const wholeWindow: WindowRoute = {
  view: 'window',
  search: '',
  category: null,
  sort: 'shelf',
}

// The view that an address names; a `missing` one when there is none.
export function parseRoute(url: URL): Route {
  const [first, second, ...rest] = url.pathname.split('/').filter((part) => part !== '')
  const missing: MissingRoute = { view: 'missing', path: url.pathname }
  const search = (url.searchParams.get('q') ?? '').slice(0, kSearchLimit)
  if (rest.length > 0) return missing
  if (first === undefined) {
    const category = parseChoice(url.searchParams.get('category'))
    return { view: 'window', search, category, sort: parseSort(url.searchParams.get('sort')) }
  }
  if (first === 'product') {
    const id = wholeNumber(second ?? null)
    return id === null ? missing : { view: 'product', id }
  }
  if (first !== 'manage') return missing
  if (second === undefined) return { view: 'manage', model: 'product', search }
  const found = kManagePaths.find(({ path }) => path === second)
  return found ? { view: 'manage', model: found.model, search } : missing
}

// The address of a view, from the root of the page.
export function routePath(route: Route): string {
  switch (route.view) {
    case 'window': {
      const category = route.category === null ? '' : String(route.category)
      const sort = route.sort === 'shelf' ? '' : route.sort
      return `/${query({ category, q: route.search, sort })}`
    }
    case 'product':
      return `/product/${route.id}`
    case 'manage': {
      const path = kManagePaths.find(({ model }) => model === route.model)?.path ?? 'products'
      return `/manage/${path}${query({ q: route.search })}`
    }
    case 'missing':
      return route.path
  }
}

function query(values: Readonly<Record<string, string>>): string {
  const filled = Object.entries(values).filter(([, value]) => value !== '')
  const text = new URLSearchParams(filled).toString()
  return text === '' ? '' : `?${text}`
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

function parseChoice(text: string | null): Choice | null {
  return text === 'none' ? text : wholeNumber(text)
}

function parseSort(text: string | null): Sort {
  return kSorts.find(({ sort }) => sort === text)?.sort ?? 'shelf'
}
