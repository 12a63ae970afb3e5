// Results that a module exports, and results of requests that are chosen at run time. A test
// compiles this file with `declaration`, so that what is exported needs a type to be written down.
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
declare const isShort: boolean

export const boots = db.product.find({ include: { category: true, _count: { photos: true } } })
export const later = shop.product.first({ select: ['name'] })
export const followed = db.product.live({ include: { product_items: { include: { uom: true } } } })
export const groups = db.product.aggregate({ groupBy: ['name'], values: { n: { count: true } } })
export const useBoots = () => useLive(shop.product, { select: ['name'] })
export const products = db.product
export const statement = db.raw.prepare('SELECT 1')
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

export function chosen(): void {
  // Each of the arguments that may be meant has its own row.
  const [boot] = db.product.find({
    select: ['id'],
    include: {
      category: isShort ? { select: ['name'] } : true,
      _count: isShort ? { photos: true } : true,
    },
  })
  exactly<{ name: string } | { id: number; name: string; description: string } | null>()(
    boot.category,
  )
  exactly<{ photos: number } | { image: number; photos: number; product_items: number }>()(
    boot._count,
  )
  // @ts-expect-error it may have the name alone
  void boot.category?.description
  // @ts-expect-error no such relation
  db.product.find({ include: { _count: isShort ? true : { photo: true } } })
}

export function keys(): void {
  // Change events name rows by their key alone.
  db.onChange(({ product, product_photo }) => {
    exactly<readonly number[] | 'all' | undefined>()(product)
    if (product_photo !== 'all') product_photo?.map((key) => key.order_index + key.product_id)
  })
  const row = db.product.get({ name: 'Boot' })
  db.product.delete(row.id)
  // @ts-expect-error a row is no key
  db.product.delete(row)
  // @ts-expect-error one of them names the row
  db.product.get({ id: 1, name: 'Boot' })
}

export function transactions(): void {
  // Work that always throws is taken back, and what it answers may be anything.
  exactly<never>()(
    db.transaction((tx) => {
      tx.uom.create({ name: 'box' })
      throw new Error('No boxes')
    }),
  )
  exactly<unknown>()(db.transaction((): unknown => 1))
  // @ts-expect-error it may be a promise
  db.transaction(() => (isShort ? 1 : Promise.resolve(1)))
}

export function texts(): void {
  db.product_picture.find({ orderBy: { alt: 'ascFolded', created_at: 'desc' } })
  // @ts-expect-error a time has no case
  db.product_picture.find({ orderBy: { created_at: 'ascFolded' } })
}
