// The .sqlite file that every lane opens: an empty catalog of Vitrine's, filled by sql.js.
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import initSqlJs from 'sql.js'
import { openCatalog } from 'vitrine/sync'
import { columns, goods } from './goods.mjs'

function fill(file, products) {
  file.run('BEGIN')
  for (const [table, rows] of Object.entries(goods(products))) {
    const places = columns[table].map(() => '?').join(', ')
    const insert = file.prepare(
      `INSERT INTO ${table} (${columns[table].join(', ')}) VALUES (${places})`,
    )
    for (const row of rows) insert.run(row)
    insert.free()
  }
  file.run('COMMIT')
}

// The path of the file with that many products, in `folder`; made once.
export async function dataFile(folder, products) {
  const path = join(folder, `goods-${products}.sqlite`)
  if (await stat(path).catch(() => null)) return path
  const SQL = await initSqlJs()
  const empty = await openCatalog()
  const file = new SQL.Database(empty.export())
  empty.close()
  fill(file, products)
  await mkdir(folder, { recursive: true })
  await writeFile(path, file.export())
  file.close()
  return path
}
