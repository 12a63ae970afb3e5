// What is measured: the goods, and what each workload asks for or writes. The same for every lane
// and every run, made without chance; native/goods.h has the same formulas in C++.

export const kCategories = 50
export const kUnits = 20
export const kItemsPerProduct = 3

const kGets = 10_000
const kSearches = 200
const kNested = 2_000
const kEdited = 2_000
const kDeleted = 20
const kPages = 200
const kPageRows = 20

const words = ['oak', 'linen', 'copper', 'maple', 'river', 'meadow', 'harbour', 'amber', 'slate']
const word = (index) => words[index % words.length]
const list = (length, make) => Array.from({ length }, (_, index) => make(index))

export const columns = {
  category: ['id', 'name', 'description'],
  uom: ['id', 'name', 'symbol'],
  product: ['id', 'name', 'description', 'category_id'],
  product_item: ['id', 'product_id', 'name', 'description', 'uom_id'],
}

// Every row of every table, as objects in the order of their columns.
export function goods(products) {
  const category = list(kCategories, (i) => {
    const description = `Things of ${word(i)} and ${word(i * 7 + 3)}`
    return { id: i + 1, name: `Category ${i + 1}`, description }
  })
  const uom = list(kUnits, (i) => ({ id: i + 1, name: `Unit ${i + 1}`, symbol: `u${i + 1}` }))
  const product = list(products, (i) => {
    const description = `A ${word(i)} thing with a ${word(i * 5 + 1)} handle, number ${i + 1}`
    return { id: i + 1, name: `Product ${i + 1}`, description, category_id: (i % kCategories) + 1 }
  })
  const product_item = list(products * kItemsPerProduct, (i) => {
    const owner = Math.floor(i / kItemsPerProduct) + 1
    const description = `Item ${i % kItemsPerProduct} of ${word(i * 11 + owner)}`
    const uom_id = (i % kUnits) + 1
    return { id: i + 1, product_id: owner, name: `Item ${i + 1}`, description, uom_id }
  })
  return { category, uom, product, product_item }
}

// A product to create with three items, in a category that exists or, one time in six, does not at
// first.
function nested(i) {
  const number = (i % 60) + 1
  const items = list(kItemsPerProduct, (k) => {
    const uom = `Unit ${((i + k) % kUnits) + 1}`
    return { name: `New item ${i + 1}.${k}`, description: `Item ${k} of ${word(i)}`, uom }
  })
  const category = { name: `Category ${number}`, description: `New things of ${word(number)}` }
  return { name: `New product ${i + 1}`, description: `Of ${word(i)}, new`, category, items }
}

// What the workloads are given. Ids jump about, so that no lane is helped by order.
export function inputs(products) {
  const ids = list(kGets, (i) => ((i * 7919) % products) + 1)
  const pages = list(kPages, (i) => ({ limit: kPageRows, offset: (i * kPageRows) % products }))
  return {
    ids,
    names: ids.map((id) => `Product ${id}`),
    pages,
    searches: list(kSearches, (i) => `${word(i)} ${(i * 37) % 100}`),
    nested: list(kNested, nested),
    edited: list(Math.min(kEdited, products), (i) => i + 1),
    deleted: list(kDeleted, (i) => i * 2 + 1),
  }
}

// The edit of a loaded product with its items: a word more in its text and in the second item's.
export function edit(product) {
  product.description = `${product.description}, edited`
  product.product_items[1].description = `${product.product_items[1].description}, edited`
}
