// What the page asks of the catalog, as data. Pure: no request is sent here.
import type { OrderBy, Where } from 'vitrine'

// In what order a visitor sees the products.
export type Sort = 'shelf' | 'name' | 'name-desc' | 'newest'

// A category by its key, or the products that have none.
export type Choice = number | 'none'

// A search of more words than this looks for the first of them.
const kMostWords = 8

// What a view needs to know of a picture and its thumbnails, to show the one that is sharp enough.
const kPictureColumns = [
  'width',
  'height',
  'original',
  'mimetype',
  'sha256',
  'alt',
  'dominant_color',
] as const
const kCover = { select: kPictureColumns } as const
const kPhotos = { select: [...kPictureColumns, 'order_index', 'created_at'] } as const

export const kCardInclude = {
  category: true,
  product_items: { include: { uom: true }, orderBy: [{ id: 'asc' }] },
  image: kCover,
} as const

export const kProductInclude = {
  ...kCardInclude,
  product_items: { include: { uom: true, image_url: kCover }, orderBy: [{ id: 'asc' }] },
  photos: kPhotos,
} as const

export const kItemInclude = {
  product: { include: { image: kCover } },
  uom: true,
  image_url: kCover,
} as const

export const kByName = [{ name: 'ascFolded' }] as const
export const kNamesByName = { select: ['id', 'name'], orderBy: kByName } as const

interface NameFilter {
  readonly name: { readonly containsFolded: string }
}

// Every word must be in the product's name or description, or in the name of one of its items.
export function productFilter(search: string, category: Choice | null): Where<'product'> {
  const words = searchWords(search).map((word) => ({
    OR: [
      { name: { containsFolded: word } },
      { description: { containsFolded: word } },
      { product_items: { some: { name: { containsFolded: word } } } },
    ],
  }))
  const category_id = category === 'none' ? null : category
  return { AND: [...(category === null ? [] : [{ category_id }]), ...words] }
}

// Every word must be in the row's name.
export function nameFilter(search: string): { AND: NameFilter[] } {
  return { AND: searchWords(search).map((word) => ({ name: { containsFolded: word } })) }
}

// What finds names for a choice, the likelier first: those that begin with what was typed, and
// those that have its words anywhere. Without a word the two are one.
export function nameSearches(search: string): readonly object[] {
  const text = search.trim()
  return text === '' ? [{}] : [{ name: { startsWithFolded: text } }, nameFilter(text)]
}

export function productOrder(sort: Sort): readonly OrderBy<'product'>[] {
  switch (sort) {
    case 'shelf':
      return [{ category: { id: 'asc' } }, { id: 'asc' }]
    case 'name':
      return kByName
    case 'name-desc':
      return [{ name: 'descFolded' }]
    case 'newest':
      return [{ id: 'desc' }]
  }
}

function searchWords(search: string): readonly string[] {
  return search.split(/\s+/).filter(Boolean).slice(0, kMostWords)
}
