// The .sqlite files that every lane opens: Vitrine's empty catalog, and the same filled by sql.js.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import initSqlJs from 'sql.js'
import { openCatalog } from 'vitrine/sync'
import { columns, goods } from './goods.mjs'

function fill(file, products) {
  file.run('BEGIN')
  for (const [table, rows] of Object.entries(goods(products))) {
    const names = columns[table]
    const places = names.map(() => '?').join(', ')
    const insert = file.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`)
    for (const row of rows) insert.run(names.map((name) => row[name]))
    insert.free()
  }
  file.run('COMMIT')
}

// The paths { file, empty } of the catalog with that many products and of the empty one, in
// `folder`. Both are made anew, since the
// schema may have changed.
export async function dataFiles(folder, products) {
  await mkdir(folder, { recursive: true })
  const empty = join(folder, 'empty.sqlite')
  const file = join(folder, `goods-${products}.sqlite`)
  const db = await openCatalog()
  const bytes = db.export()
  db.close()
  await writeFile(empty, bytes)
  const SQL = await initSqlJs()
  const full = new SQL.Database(bytes)
  fill(full, products)
  await writeFile(file, full.export())
  full.close()
  return { file, empty }
}
