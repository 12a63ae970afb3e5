// Random data of a shop, and random requests to it: every operator, relations in filters, orders
// and includes, pages. Values are few, so that requests find something.
import { relations } from './reference.mjs'

const kWords = ['Apple', 'apple pie', 'Boot', 'boot_x', '100%', 'Ärmel', 'ß', '', '🥐', 'Zebra']

export const columns = {
  category: { id: 'number', name: 'text', description: 'text' },
  uom: { id: 'number', name: 'text', symbol: 'text' },
  product: { id: 'number', name: 'text', description: 'text', category_id: 'number' },
  product_item: {
    ...{ id: 'number', product_id: 'number', name: 'text', description: 'text' },
    uom_id: 'number',
  },
}

const kSizes = { category: 6, uom: 4, product: 30, product_item: 70 }
const kKeys = { category_id: 'category', uom_id: 'uom', product_id: 'product' }

export function randomTables(random) {
  const table = (name) =>
    Array.from({ length: kSizes[name] }, (_, index) => {
      const row = {}
      for (const column of Object.keys(columns[name])) {
        const refers = kKeys[column]
        if (column === 'id') row.id = index + 1
        else if (column === 'name') row.name = `${random.pick(kWords)} ${index}`
        else if (refers) row[column] = random.chance(0.2) ? null : 1 + random.below(kSizes[refers])
        else if (column === 'symbol' && random.chance(0.4)) row.symbol = null
        else row[column] = random.pick(kWords)
      }
      return row
    })
  return Object.fromEntries(Object.keys(columns).map((name) => [name, table(name)]))
}

// Between characters, never within one.
const cut = (text, from, to) => [...text].slice(from, to).join('')

function value(random, type) {
  return type === 'number' ? random.below(12) : random.pick(kWords)
}

function comparison(random, type) {
  const one = () => value(random, type)
  const list = () => Array.from({ length: random.pick([0, 1, 3, 20]) }, one)
  const makers = {
    eq: () => (random.chance(0.2) ? null : one()),
    ne: () => (random.chance(0.2) ? null : one()),
    ...{ lt: one, lte: one, gt: one, gte: one, in: list, notIn: list },
    between: () => [one(), one()],
  }
  const pattern = () => random.pick(['%', '_', 'a', '']) + cut(one(), 0, 2) + random.pick(['%', ''])
  const part = () => cut(one(), random.below(2), 1 + random.below(4))
  if (type === 'text') {
    Object.assign(makers, { like: pattern, notLike: pattern })
    Object.assign(makers, { startsWith: part, endsWith: part, contains: part })
    Object.assign(makers, { startsWithFolded: part, endsWithFolded: part, containsFolded: part })
    Object.assign(makers, { likeFolded: pattern })
  }
  const operators = random.some(Object.keys(makers), 0.15)
  if (operators.length === 0) operators.push(random.pick(Object.keys(makers)))
  return Object.fromEntries(operators.map((operator) => [operator, makers[operator]()]))
}

function columnTerm(random, table) {
  const name = random.pick(Object.keys(columns[table]))
  const type = columns[table][name]
  if (random.chance(0.1)) return [name, null]
  return [name, random.chance(0.2) ? value(random, type) : comparison(random, type)]
}

function relationTerm(random, table, depth) {
  const name = random.pick(Object.keys(relations[table]))
  const { one, many } = relations[table][name]
  const inner = () => randomWhere(random, one ?? many, depth - 1)
  if (one) return [name, random.chance(0.15) ? null : inner()]
  const words = random.some(['some', 'none', 'every'], 0.3)
  if (words.length === 0) words.push('some')
  return [name, Object.fromEntries(words.map((word) => [word, inner()]))]
}

function combinationTerm(random, table, depth) {
  const inner = () => randomWhere(random, table, depth - 1)
  const list = Array.from({ length: random.below(3) }, inner)
  return [random.pick(['AND', 'OR', 'NOT']), random.chance(0.3) ? inner() : list]
}

export function randomWhere(random, table, depth) {
  const terms = Array.from({ length: random.pick([0, 1, 1, 1, 2]) }, () => {
    const kind = depth > 0 ? random.next() : 0
    if (kind < 0.5) return columnTerm(random, table)
    if (kind < 0.8) return relationTerm(random, table, depth)
    return combinationTerm(random, table, depth)
  })
  return Object.fromEntries(terms)
}

function randomOrder(random, table, depth) {
  const toOne = Object.entries(relations[table]).filter(([, { one }]) => one)
  if (depth > 0 && toOne.length > 0 && random.chance(0.4)) {
    const [name, { one }] = random.pick(toOne)
    return { [name]: randomOrder(random, one, depth - 1) }
  }
  const name = random.pick(Object.keys(columns[table]))
  const folded = columns[table][name] === 'text' ? ['ascFolded', 'descFolded'] : []
  return { [name]: random.pick(['asc', 'desc', ...folded]) }
}

function randomSelect(random, table) {
  const names = random.some(Object.keys(columns[table]))
  return names.length > 0 ? names : ['name']
}

function randomInclude(random, table, depth) {
  const include = {}
  for (const [name, { one, many }] of Object.entries(relations[table])) {
    if (random.chance(0.6)) continue
    if (random.chance(0.2)) include[name] = true
    else if (one) include[name] = randomShape(random, one, depth - 1)
    else include[name] = randomPage(random, many, depth - 1)
  }
  const counted = Object.entries(relations[table]).filter(([, { many }]) => many)
  if (counted.length > 0 && random.chance(0.3)) {
    include._count = Object.fromEntries(counted.map(([name]) => [name, true]))
  }
  return include
}

function randomShape(random, table, depth) {
  return {
    ...(random.chance(0.5) && { select: randomSelect(random, table) }),
    ...(depth > 0 && random.chance(0.6) && { include: randomInclude(random, table, depth) }),
  }
}

function randomPage(random, table, depth) {
  const orderBy = () =>
    Array.from({ length: 1 + random.below(2) }, () => randomOrder(random, table, 2))
  return {
    ...randomShape(random, table, depth),
    ...(random.chance(0.7) && { where: randomWhere(random, table, 3) }),
    ...(random.chance(0.6) && { orderBy: orderBy() }),
    ...(random.chance(0.5) && { limit: random.below(8) }),
    ...(random.chance(0.2) && { offset: random.below(4) }),
  }
}

// A request for rows of `table`.
export function randomRequest(random, table) {
  const request = randomPage(random, table, 3)
  const isSearchable = table === 'product' || table === 'product_item'
  if (isSearchable && random.chance(0.15)) {
    // With an order of its own: what fits best is for the index to say.
    request.search = random.pick(['app', 'apple pi', 'boot', 'zeb', 'pie apple'])
    request.orderBy ??= [{ id: 'desc' }]
  }
  return request
}
