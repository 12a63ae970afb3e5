// Pictures as a site has them: prepared and attached by the package, kept in the browser's files,
// shown by its addresses. A thousand small ones are attached in memory, as their peer does it.
import { openCatalog } from 'vitrine'
import { PreparedPicture, openCatalog as openHere } from 'vitrine/sync'
import { longestTask, measured, times } from '../measure.mjs'
import { blobAt, kSmallWarmUps, kThumbnails, painted, smallContents } from './painting.mjs'

const kRuns = 7
const kWarmUps = 2
const graph = { category: true, product_items: { include: { uom: true } } }

const named = (name) => openCatalog({ name, storage: 'opfs' })
const product = (n) => ({ name: `Product ${n}`, description: '' })

async function fillGrid() {
  const db = await named('grid')
  const image = db.product.attachment('image')
  for (let n = 0; n < kThumbnails; n++) {
    const file = await blobAt(`/thumbnails/${n}.jpg`)
    const picture = await image.prepare(file, { originalOnly: true })
    await image.attach((await db.product.create(product(n))).id, picture)
  }
  await db.close()
}

export async function prepare({ data, size }) {
  await fillGrid()
  const db = await named('goods')
  await db.replaceWith(data)
  const row = { width: 320, height: 240, mimetype: 'image/jpeg', original: true, alt: 'As it is' }
  const rows = Array.from({ length: size }, (_, n) => ({ ...row, product_id: n + 1 }))
  await db.product_picture.createMany(rows)
  await db.close()
}

// The whole way of a photo into the catalog, by `measure`: its times, or the page's longest tasks.
async function photos(db, measure) {
  const photo = await blobAt('/photo.jpg')
  const image = db.product.attachment('image')
  return { values: await measure(async () => image.attach(1, await image.prepare(photo))) }
}

// Looking for tasks keeps the page busy, so that it is not done while the time is taken.
const longestTasks = (work) => measured(kRuns, kWarmUps, () => longestTask(work))

async function grid() {
  // Opened anew, so that no address is there from the last time.
  const db = await named('grid')
  const image = db.product.attachment('image')
  const start_ms = performance.now()
  const rows = await db.product_picture.find({ where: { original: true } })
  const urls = await Promise.all(rows.map((row) => image.url(row)))
  await painted(urls.map(({ href }) => href))
  const time_ms = performance.now() - start_ms
  await db.close()
  return time_ms
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

async function preparedOf(bytes) {
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  const part = { width: 160, height: 120, mimetype: 'image/jpeg', size_bytes: bytes.length, sha256 }
  return new PreparedPicture([part], [bytes], null)
}

async function smallOnes() {
  const pictures = await Promise.all(smallContents().map(preparedOf))
  const attached = async () => {
    const db = await openHere()
    db.product.createMany(pictures.map((_, n) => product(n)))
    const start_ms = performance.now()
    db.transaction((tx) => {
      const image = tx.product.attachment('image')
      pictures.forEach((picture, n) => image.attach(n + 1, picture))
    })
    const time_ms = performance.now() - start_ms
    if (db.image_blob.count() !== pictures.length) throw new Error('contents are missing')
    db.close()
    return time_ms
  }
  return { values: await measured(kRuns, kSmallWarmUps, attached) }
}

// How many times as long the graph takes with its pictures.
async function ratios(db) {
  const time = async (include) => {
    const start_ms = performance.now()
    await db.product.find({ include })
    return performance.now() - start_ms
  }
  const ratio = async () => {
    const without_ms = await time(graph)
    return (await time({ ...graph, image: true })) / without_ms
  }
  return { values: await measured(kRuns, kWarmUps, ratio) }
}

export async function open() {
  const db = await named('goods')
  const workloads = {
    'photo of 12 megapixels': () => photos(db, (work) => times(kRuns, kWarmUps, work)),
    'longest task meanwhile': () => photos(db, longestTasks),
    '200 thumbnails painted': async () => ({ values: await measured(kRuns, kWarmUps, grid) }),
    '1,000 pictures of 20 KB': smallOnes,
    'graph with pictures': () => ratios(db),
  }
  return { graph: null, workloads }
}
