// The rows the page shows, in the package's own types: what a request includes, its rows have.
import type { Row } from 'vitrine'
import type { kCardInclude, kItemInclude, kProductInclude } from './requests'

export type Category = Row<'category'>
export type Unit = Row<'uom'>
// A product as a card shows it: with its category, its items and their units, its cover.
export type Card = Row<'product', typeof kCardInclude>
// The same with the photos of its gallery.
export type Product = Row<'product', typeof kProductInclude>
export type Item = Product['product_items'][number]
export type Picture = Product['image'][number]
export type Photo = Product['photos'][number]
// An item as the back office lists it: with its picture, and its product and that one's cover.
export type ListedItem = Row<'product_item', typeof kItemInclude>
export type CountedCategory = Row<'category', { _count: { products: true } }>
export type CountedUnit = Row<'uom', { _count: { product_items: true } }>

// The models that the page edits, by table name.
export type ModelName = 'category' | 'product' | 'product_item' | 'uom'

// What is written: columns and their values.
export type Data = Readonly<Record<string, string | number | null>>

// How many rows a delete takes, by table name; of pictures the originals alone.
export type Removal = Readonly<Record<string, number>>
