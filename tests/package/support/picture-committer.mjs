// A process that attaches a picture again and again until it is killed, and says after each commit
// which one it was. Arguments: a module with the package's inner parts, the module
// of wasm, and the catalog's file.
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [inner, wasm, file] = process.argv.slice(2)
const { PreparedPicture, openCatalog } = await import(pathToFileURL(inner).href)

// A picture of that number, with a thumbnail: no codec, so that commits follow each other closely.
function pictureOf(number) {
  const bytes = [60_000, 3_000].map((size) => new Uint8Array(size).fill(number % 251))
  const parts = bytes.map((content, index) => ({
    ...{ width: 200 - index * 136, height: 100, mimetype: 'image/png' },
    size_bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }))
  return new PreparedPicture(parts, bytes, null)
}

const db = await openCatalog({ file, wasm })
const image = db.product.attachment('image')
const last = Number(image.original(1)?.alt ?? 0)
for (let number = last + 1; ; number++) {
  image.attach(1, pictureOf(number), { alt: String(number) })
  writeSync(1, `${number}\n`)
}
