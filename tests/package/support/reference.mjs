// What find means, in plain JavaScript over arrays: three-valued logic as SQL has it, where a
// comparison with null is neither true nor false (here: null). Written from docs/queries.md, and
// sharing nothing with the module.

// How tables relate: the column that refers, on which side, to what.
export const relations = {
  category: { products: { many: 'product', key: 'category_id' } },
  uom: { product_items: { many: 'product_item', key: 'uom_id' } },
  product: {
    category: { one: 'category', key: 'category_id' },
    product_items: { many: 'product_item', key: 'product_id' },
  },
  product_item: {
    product: { one: 'product', key: 'product_id' },
    uom: { one: 'uom', key: 'uom_id' },
  },
}

const not = (value) => (value === null ? null : !value)
const and = (values) => (values.includes(false) ? false : values.includes(null) ? null : true)
const or = (values) => (values.includes(true) ? true : values.includes(null) ? null : false)

// Text is ordered by its bytes, which is the order of code points.
function compare(a, b) {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  if (typeof a === 'number') return a < b ? -1 : 1
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((letter, index) => letter !== right[index])
  if (at < 0) return -1
  if (right[at] === undefined) return 1
  return left[at].codePointAt(0) < right[at].codePointAt(0) ? -1 : 1
}

const asciiLower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function matches(text, pattern) {
  const source = [...asciiLower(pattern)]
    .map(
      (letter) =>
        ({ '%': '[^]*', _: '[^]' })[letter] ?? letter.replace(/[\^$.*+?()[\]{}|/]/, '\\$&'),
    )
    .join('')
  return new RegExp(`^${source}$`, 'u').test(asciiLower(text))
}

// What is left of text where neither case nor accents count.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase()

const patterns = {
  startsWith: (text, part) => asciiLower(text).startsWith(asciiLower(part)),
  endsWith: (text, part) => asciiLower(text).endsWith(asciiLower(part)),
  contains: (text, part) => asciiLower(text).includes(asciiLower(part)),
  like: matches,
}

const literally = {
  ...patterns,
  notLike: (text, pattern) => !matches(text, pattern),
  ...Object.fromEntries(
    Object.entries(patterns).map(([name, holds]) => [
      `${name}Folded`,
      (text, part) => holds(fold(text), fold(part)),
    ]),
  ),
}

// 'asc' and 'desc' alike: which way round is for the caller.
function compareBy(direction, a, b) {
  const value = (one) => (direction.endsWith('Folded') && one !== null ? fold(one) : one)
  return compare(value(a), value(b))
}

const ordered = {
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
}

function holds(value, operator, operand) {
  if (operand === null) return operator === 'eq' ? value === null : value !== null
  if (operator === 'in' && operand.length === 0) return false
  if (operator === 'notIn' && operand.length === 0) return true
  if (value === null) return null
  if (operator === 'eq') return value === operand
  if (operator === 'ne') return value !== operand
  if (operator === 'in') return operand.includes(value)
  if (operator === 'notIn') return !operand.includes(value)
  if (operator === 'between') {
    return compare(value, operand[0]) >= 0 && compare(value, operand[1]) <= 0
  }
  if (literally[operator]) return literally[operator](value, operand)
  return ordered[operator](compare(value, operand))
}

function words(text) {
  return asciiLower(text).split(/[^a-z0-9]+/)
}

export class Reference {
  #tables

  // tables: { category: [row, ...], ... }, rows in the order of their ids.
  constructor(tables) {
    this.#tables = tables
  }

  #related(table, row, name) {
    const relation = relations[table][name]
    if (relation.one) {
      return this.#tables[relation.one].filter((other) => other.id === row[relation.key])
    }
    return this.#tables[relation.many].filter((other) => other[relation.key] === row.id)
  }

  #target(table, name) {
    const { one, many } = relations[table][name]
    return one ?? many
  }

  fits(table, row, where) {
    return and(Object.entries(where).map(([name, value]) => this.#term(table, row, name, value)))
  }

  #term(table, row, name, value) {
    if (['AND', 'OR', 'NOT'].includes(name)) {
      const list = Array.isArray(value) ? value : [value]
      const values = list.map((one) => this.fits(table, row, one))
      if (name === 'AND') return and(values)
      return name === 'OR' ? or(values) : not(or(values))
    }
    if (relations[table][name]) return this.#relation(table, row, name, value)
    if (value === null || typeof value !== 'object') return holds(row[name], 'eq', value)
    return and(Object.entries(value).map(([operator, one]) => holds(row[name], operator, one)))
  }

  #relation(table, row, name, value) {
    const target = this.#target(table, name)
    const found = this.#related(table, row, name)
    if (value === null) return found.length === 0
    const fit = (where) => found.filter((other) => this.fits(target, other, where) === true).length
    if (relations[table][name].one) return fit(value) > 0
    const quantified = {
      some: (where) => fit(where) > 0,
      none: (where) => fit(where) === 0,
      every: (where) => fit(where) === found.length,
    }
    return and(Object.entries(value).map(([word, where]) => quantified[word](where)))
  }

  #valueAt(table, row, order) {
    const [[name, value]] = Object.entries(order)
    if (typeof value === 'string') return [row?.[name] ?? null, value]
    const target = this.#target(table, name)
    return this.#valueAt(target, row ? this.#related(table, row, name)[0] : undefined, value)
  }

  #order(table, orderBy) {
    return (a, b) => {
      for (const order of [...orderBy, { id: 'asc' }]) {
        const [left, direction] = this.#valueAt(table, a, order)
        const [right] = this.#valueAt(table, b, order)
        const difference = compareBy(direction, left, right)
        if (difference !== 0) return direction.startsWith('desc') ? -difference : difference
      }
      return 0
    }
  }

  // A product is found by the words of its items too.
  #searched(table, row, search) {
    const items = table === 'product' ? this.#related(table, row, 'product_items') : []
    const all = [row, ...items].flatMap((one) => [...words(one.name), ...words(one.description)])
    return words(search).every((word) => all.some((one) => one.startsWith(word)))
  }

  #page(table, rows, { where = {}, search, orderBy = [], limit = Infinity, offset = 0, after }) {
    const order = this.#order(table, orderBy)
    return rows
      .filter((row) => this.fits(table, row, where) === true)
      .filter((row) => search === undefined || this.#searched(table, row, search))
      .sort(order)
      .filter((row) => after === undefined || order(row, after) > 0)
      .slice(offset, offset + limit)
  }

  #shaped(table, row, { select, include = {} }) {
    const shaped = {}
    for (const [name, value] of Object.entries(row)) {
      if (select === undefined || select.includes(name)) shaped[name] = value
    }
    for (const [name, asked] of Object.entries(include)) {
      if (name === '_count') continue
      shaped[name] = this.#included(table, row, name, asked === true ? {} : asked)
    }
    if (include._count) shaped._count = this.#counts(table, row, include._count)
    return shaped
  }

  #included(table, row, name, asked) {
    const target = this.#target(table, name)
    const found = this.#related(table, row, name)
    const rows = relations[table][name].one ? found : this.#page(target, found, asked)
    const shaped = rows.map((one) => this.#shaped(target, one, asked))
    return relations[table][name].one ? (shaped[0] ?? null) : shaped
  }

  #counts(table, row, asked) {
    return Object.fromEntries(
      Object.keys(asked).map((name) => [name, this.#related(table, row, name).length]),
    )
  }

  find(table, args) {
    return this.#page(table, this.#tables[table], args).map((row) => this.#shaped(table, row, args))
  }
}
