// How many pictures a delete takes, in a visitor's count: a picture is one, whatever thumbnails it
// has, and each of those is a row.
import type { Catalog } from 'vitrine'
import type { ModelName, Removal } from './rows'

// By table, as the answer of a delete has it.
export interface PictureCounts {
  readonly product_picture: number
  readonly product_photo: number
  readonly user_picture: number
}

// Those of the products and of the items that go with the row.
export async function picturesWith(
  db: Catalog,
  model: ModelName,
  id: number,
): Promise<PictureCounts> {
  const product = productsWith(model, id)
  const product_item = itemsWith(model, id)
  const [product_picture, product_photo, user_picture] = await Promise.all([
    product ? db.product_picture.count({ where: { original: true, product } }) : 0,
    product ? db.product_photo.count({ where: { original: true, product } }) : 0,
    db.user_picture.count({ where: { original: true, product_item } }),
  ])
  return { product_picture, product_photo, user_picture }
}

// How many rows and pictures there are in all.
export async function wholeShop(db: Catalog): Promise<Removal> {
  const originals = { where: { original: true } }
  const [category, product, product_item, uom] = await Promise.all([
    db.category.count(),
    db.product.count(),
    db.product_item.count(),
    db.uom.count(),
  ])
  const [product_picture, product_photo, user_picture] = await Promise.all([
    db.product_picture.count(originals),
    db.product_photo.count(originals),
    db.user_picture.count(originals),
  ])
  return { category, product, product_item, uom, product_picture, product_photo, user_picture }
}

// null where no product goes with it.
function productsWith(model: ModelName, id: number) {
  switch (model) {
    case 'category':
      return { category_id: id }
    case 'product':
      return { id }
    default:
      return null
  }
}

function itemsWith(model: ModelName, id: number) {
  switch (model) {
    case 'uom':
      return { uom_id: id }
    case 'product_item':
      return { id }
    default:
      return { product: productsWith(model, id) ?? {} }
  }
}
