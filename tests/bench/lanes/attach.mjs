// Putting rows of several tables together by hand, for the lanes whose library does not.

function byId(rows) {
  const found = new Map()
  for (const row of rows) found.set(row.id, row)
  return found
}

// Gives each of `owners` the list `name` of those `members` whose `key` is its id; returns owners.
export function attach(owners, name, members, key) {
  for (const owner of owners) owner[name] = []
  const found = byId(owners)
  for (const member of members) found.get(member[key])[name].push(member)
  return owners
}

export function withCategory(products, categories) {
  const found = byId(categories)
  for (const product of products) product.category = found.get(product.category_id) ?? null
}

export function withUnits(items, units) {
  const found = byId(units)
  for (const item of items) item.uom = found.get(item.uom_id) ?? null
}
