// Results that a module exports. A test compiles this file with `declaration`, so that what is
// exported needs a type to be written down.
import type { AttachmentApi, Catalog as LaterCatalog, ModelApiOf } from 'vitrine'
import { useLive } from 'vitrine/react'
import type { Catalog, Key, ModelApi, Row, SeedModels } from 'vitrine/sync'

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [wrong: never]

function exactly<Expected>() {
  return <Actual>(value: Actual, ...proof: Same<Actual, Expected>) => [value, proof]
}

declare const db: Catalog
declare const shop: LaterCatalog

export const boots = db.product.find({ include: { category: true, _count: { photos: true } } })
export const later = shop.product.first({ select: ['name'] })
export const followed = db.product.live({ include: { product_items: { include: { uom: true } } } })
export const groups = db.product.aggregate({ groupBy: ['name'], values: { n: { count: true } } })
export const useBoots = () => useLive(shop.product, { select: ['name'] })
export const products = db.product
export const items: ModelApiOf<SeedModels, 'product_item', 'async'> = shop.product_item
export const image = db.product.attachment('image')
export const photos: AttachmentApi<SeedModels, 'product', 'photos'> =
  db.product.attachment('photos')

// A function for every model.
export function all<M extends keyof SeedModels>(
  from: { readonly [N in M]: ModelApi<N> },
  model: M,
  key: Key<M>,
): Row<M>[] {
  return [from[model].get(key), ...from[model].find()]
}
exactly<{ id: number; name: string; symbol: string | null }[]>()(all(db, 'uom', { name: 'box' }))
