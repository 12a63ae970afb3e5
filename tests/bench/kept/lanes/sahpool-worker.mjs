// The worker of sahpool.mjs.
import initSqlite from '@sqlite.org/sqlite-wasm'
import { commitTimes } from '../measure.mjs'
import { answering } from './asking.mjs'

const kFile = '/goods.sqlite'

const pool = initSqlite().then((sqlite3) => sqlite3.installOpfsSAHPoolVfs({}))

async function commits() {
  const db = new (await pool).OpfsSAHPoolDb(kFile)
  const insert = db.prepare('INSERT INTO category (name, description) VALUES (?, ?)')
  const commit = (n) => insert.bind([`New ${n}`, 'Just made']).stepReset()
  const values = await commitTimes(commit)
  insert.finalize()
  db.close()
  return values
}

answering(async ({ data }) => {
  if (data === undefined) return commits()
  await (await pool).importDb(kFile, data)
  return null
})
