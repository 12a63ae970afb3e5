// The goods that are measured: the same for every lane and every run, made without chance.

export const kCategories = 50
export const kUnits = 20
export const kItemsPerProduct = 3

const words = ['oak', 'linen', 'copper', 'maple', 'river', 'meadow', 'harbour', 'amber', 'slate']
const word = (index) => words[index % words.length]

// One row per line of the tables, as arrays in the order of their columns.
export function goods(products) {
  const category = Array.from({ length: kCategories }, (_, i) => {
    return [i + 1, `Category ${i + 1}`, `Things of ${word(i)} and ${word(i * 7 + 3)}`]
  })
  const uom = Array.from({ length: kUnits }, (_, i) => [i + 1, `Unit ${i + 1}`, `u${i + 1}`])
  const product = Array.from({ length: products }, (_, i) => {
    const description = `A ${word(i)} thing with a ${word(i * 5 + 1)} handle, number ${i + 1}`
    return [i + 1, `Product ${i + 1}`, description, (i % kCategories) + 1]
  })
  const product_item = Array.from({ length: products * kItemsPerProduct }, (_, i) => {
    const owner = Math.floor(i / kItemsPerProduct) + 1
    const description = `Item ${i % kItemsPerProduct} of ${word(i * 11 + owner)}`
    return [i + 1, owner, `Item ${i + 1}`, description, (i % kUnits) + 1]
  })
  return { category, uom, product, product_item }
}

export const columns = {
  category: ['id', 'name', 'description'],
  uom: ['id', 'name', 'symbol'],
  product: ['id', 'name', 'description', 'category_id'],
  product_item: ['id', 'product_id', 'name', 'description', 'uom_id'],
}
