// The same without a catalog: the browser decodes, scales and encodes in a worker; pictures come
// from the server; SQLite's official build takes the same rows, in one transaction, in memory.
import initSqlite from '@sqlite.org/sqlite-wasm'
import { asked, startWorker } from './asking.mjs'
import { measured, times } from '../measure.mjs'
import { blobAt, kSmallWarmUps, kThumbnails, painted, smallContents } from './painting.mjs'

const kRuns = 7
const kWarmUps = 2
const kTables = `
  CREATE TABLE image_blob (sha256 VARCHAR(64) PRIMARY KEY, mimetype VARCHAR(255) NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE product_picture (width INTEGER NOT NULL, height INTEGER NOT NULL,
    mimetype VARCHAR(255) NOT NULL, original BOOLEAN NOT NULL, created_at DATETIME NOT NULL,
    sha256 VARCHAR(64) REFERENCES image_blob (sha256), product_id INTEGER NOT NULL,
    PRIMARY KEY (width, height, product_id));
  CREATE INDEX owners ON product_picture (product_id);
  CREATE INDEX contents ON product_picture (sha256)`
const kContent = 'INSERT INTO image_blob VALUES (?, ?, ?, ?, ?, ?)'
const kPicture = 'INSERT INTO product_picture VALUES (?, ?, ?, ?, ?, ?, ?)'

export const prepare = null

async function photos() {
  const worker = startWorker()
  const photo = await blobAt('/photo.jpg')
  const values = await asked(worker, { photo, runs: kRuns })
  worker.terminate()
  return { values }
}

async function grids() {
  const paint = (run) => {
    // Another address each time: none is in the browser's cache.
    const address = (_, n) => `/thumbnails/${n}.jpg?run=${run}`
    return painted(Array.from({ length: kThumbnails }, address))
  }
  return { values: await times(kRuns, kWarmUps, paint) }
}

function insertAll(db, contents) {
  const content = db.prepare(kContent)
  const picture = db.prepare(kPicture)
  db.exec('BEGIN')
  contents.forEach(([sha256, bytes], n) => {
    content.bind([sha256, 'image/jpeg', 160, 120, bytes.length, bytes]).stepReset()
    picture.bind([160, 120, 'image/jpeg', 1, '2026-11-28', sha256, n + 1]).stepReset()
  })
  db.exec('COMMIT')
  content.finalize()
  picture.finalize()
}

async function smallOnes() {
  const sqlite3 = await initSqlite()
  const contents = smallContents().map((bytes, n) => [String(n).padStart(64, '0'), bytes])
  const inserted = () => {
    const db = new sqlite3.oo1.DB(':memory:')
    db.exec(`PRAGMA page_size = 8192; PRAGMA foreign_keys = ON; ${kTables}`)
    const start_ms = performance.now()
    insertAll(db, contents)
    const time_ms = performance.now() - start_ms
    db.close()
    return time_ms
  }
  return { values: await measured(kRuns, kSmallWarmUps, inserted) }
}

export function open() {
  const workloads = {
    'photo of 12 megapixels': photos,
    '200 thumbnails painted': grids,
    '1,000 pictures of 20 KB': smallOnes,
  }
  return { graph: null, workloads }
}
