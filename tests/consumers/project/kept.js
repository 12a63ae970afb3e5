// What the page of a consumer's project does with the entry `vitrine`, whose worker and module the
// bundler has to find.
import { openCatalog } from 'vitrine'

export async function keepShop() {
  const db = await openCatalog({ name: 'shop' })
  const pair = await db.uom.upsert({ name: 'pair' })
  const count = await db.transaction((tx) => tx.uom.count())
  const text = [db.storage.kind, pair.name, count].join(' | ')
  await db.close()
  return text
}
