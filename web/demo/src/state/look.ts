// Looks: what the lightbox shows of a product's page, and what is left of that when the page has
// been loaded anew. Pure.
import type { ItemName } from '../catalog/gallery'
import { setsOf } from '../catalog/picture-set'
import type { Picture } from '../catalog/rows'
import type { Page } from './page'
import type { Look } from './state'

// The picture with this number, the cover first; null where there is none.
export function productLook(page: Page | null, index: number): Look | null {
  if (page?.view !== 'product') return null
  const { image, photos, id, name } = page.product
  const sets = [...(image.length > 0 ? [image] : []), ...setsOf(photos)]
  return sets[index] ? { productId: id, item: null, name, sets, index, said: '' } : null
}

// The picture of an item on the page; `said` is told beside it.
export function itemLook(page: Page | null, { id, name }: ItemName, said = ''): Look | null {
  if (page?.view !== 'product') return null
  const set = page.product.product_items.find((item) => item.id === id)?.image_url ?? []
  if (set.length === 0) return null
  const item = { id, name }
  return { productId: page.product.id, item, name, sets: [set], index: 0, said }
}

// The same picture as the page has it now, wherever it stands; null when it is gone.
export function lookAnew(page: Page, look: Look | null): Look | null {
  if (!look || page.view !== 'product' || page.product.id !== look.productId) return null
  if (look.item) return itemLook(page, look.item, look.said)
  const shown = contentOf(look.sets[look.index])
  const sets = productLook(page, 0)?.sets ?? []
  return productLook(
    page,
    sets.findIndex((set) => contentOf(set) === shown),
  )
}

function contentOf(set: readonly Picture[] = []): string | null {
  return set.find(({ original }) => original)?.sha256 ?? null
}
