// Builds web/demo/public/sample.sqlite from the sample's data files, through the package itself, as
// an application would. `npm run sample --workspace web/demo`; web/demo's build runs it first.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCatalog } from 'vitrine/sync'
import { readPicture, readSample } from './read.mjs'

const target = fileURLToPath(new URL('../../web/demo/public/sample.sqlite', import.meta.url))

// The same data gives the same file, so the pictures' date is part of the data.
const kPictureDate = '2026-11-22T00:00:00.000Z'

function addCategory(db, category) {
  const { id } = db.category.create({ name: category.name, description: category.description })
  for (const product of category.products) addProduct(db, id, product)
}

function addProduct(db, categoryId, product) {
  const items = product.items.map(({ name, description, uom }) => ({
    name,
    description,
    uom: { connect: { name: uom } },
  }))
  const { id } = db.product.create({
    name: product.name,
    description: product.description,
    category: { connect: categoryId },
    product_items: { create: items },
  })
  addPicture(db, id, product)
}

// The bytes go to image_blob, the facts about them to the product's picture.
function addPicture(db, productId, product) {
  const { bytes, ...facts } = readPicture(product.picture)
  db.image_blob.create({ ...facts, size_bytes: bytes.length, bytes })
  db.product_picture.create({
    ...facts,
    product_id: productId,
    original: true,
    created_at: kPictureDate,
    alt: product.alt,
    dominant_color: product.color,
  })
}

const sample = readSample()
const db = await openCatalog()
db.transaction(() => {
  for (const unit of sample.units) db.uom.create(unit)
  for (const category of sample.categories) addCategory(db, category)
})
const file = db.export()
const products = db.product.count()
db.close()

mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, file)
console.log(`sample.sqlite: ${products} products, ${Math.round(file.length / 1024)} KB`)
