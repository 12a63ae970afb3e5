// Reads the sample catalog's data files and the pictures they name, and says everything that is
// wrong with them at once. Pure reading; scripts/sample/build.mjs makes the database.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { webpSize } from './webp.mjs'

const require = createRequire(import.meta.url)

const sampleFolder = fileURLToPath(new URL('../../web/demo/sample/', import.meta.url))

// Product.description is a String(255) and counts code points.
const kDescriptionLimit = 255
const kMostItems = 4
// The window opens on the grocer's and the baker's shelves; a shelf that is not named comes last.
const kShelfOrder = [
  'Fruit',
  'Vegetables',
  'Bread',
  'Cakes',
  'Drinks',
  'Toys',
  'Music',
  'Clothes',
  'Tools',
]

// The units and categories of `folder`, in shelf order. Throws an Error that lists every mistake.
export function readSample(folder = sampleFolder) {
  const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const files = readdirSync(folder).filter(
    (file) => file.endsWith('.json') && file !== 'units.json',
  )
  const sample = {
    units: read('units.json'),
    categories: files.map(read).sort((a, b) => shelf(a) - shelf(b) || (a.name < b.name ? -1 : 1)),
  }
  const mistakes = findMistakes(sample)
  if (mistakes.length > 0) {
    throw new Error(`The sample in ${folder} has mistakes:\n  ${mistakes.join('\n  ')}`)
  }
  return sample
}

// What is wrong with `sample`, a sentence each; empty when it can be built.
export function findMistakes({ units, categories }, pictureExists = pictureIsThere) {
  const mistakes = []
  const unitNames = new Set(units.map((unit) => unit.name))
  const products = categories.flatMap((category) => category.products)
  const items = products.flatMap((product) => product.items)
  repeated(categories, 'name').forEach((name) => mistakes.push(`category "${name}" is there twice`))
  repeated(products, 'name').forEach((name) => mistakes.push(`product "${name}" is there twice`))
  repeated(products, 'picture').forEach((code) => mistakes.push(`picture ${code} is used twice`))
  repeated(items, 'name').forEach((name) => mistakes.push(`item "${name}" is there twice`))
  for (const product of products) {
    mistakes.push(...productMistakes(product, unitNames, pictureExists))
  }
  return mistakes
}

function pictureIsThere(code) {
  return existsSync(pictureFile(code))
}

// The bytes of a picture of the Fluent set, with what the catalog keeps about them.
export function readPicture(code) {
  const bytes = readFileSync(pictureFile(code))
  return {
    ...webpSize(bytes),
    mimetype: 'image/webp',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: new Uint8Array(bytes),
  }
}

function pictureFile(code) {
  const root = dirname(require.resolve('@lobehub/fluent-emoji-3d/package.json'))
  return join(root, 'assets', `${code}.webp`)
}

function productMistakes(product, unitNames, pictureExists) {
  const mistakes = []
  const say = (text) => mistakes.push(`product "${product.name}" ${text}`)
  if ([...product.description].length > kDescriptionLimit) {
    say(`has a description over ${kDescriptionLimit} code points`)
  }
  if (!pictureExists(product.picture))
    say(`names the picture ${product.picture}, which the set lacks`)
  if (!product.alt) say('has no text alternative for its picture')
  if (!/^#[0-9a-f]{6}$/.test(product.color)) say('needs a color like #a1b2c3')
  if (product.items.length < 1 || product.items.length > kMostItems) {
    say(`has ${product.items.length} items; between 1 and ${kMostItems} are allowed`)
  }
  for (const item of product.items) {
    if (!unitNames.has(item.uom)) say(`sells "${item.name}" by the ${item.uom}, which is no unit`)
  }
  return mistakes
}

function repeated(rows, field) {
  const seen = new Set()
  return rows.map((row) => row[field]).filter((value) => seen.size === seen.add(value).size)
}

function shelf(category) {
  const at = kShelfOrder.indexOf(category.name)
  return at < 0 ? kShelfOrder.length : at
}
