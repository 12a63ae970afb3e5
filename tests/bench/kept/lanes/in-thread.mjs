// The same graph read in the page itself: what the way through a worker is compared with.
import { openCatalog } from 'vitrine/sync'
import { reads } from '../measure.mjs'

const graph = { category: true, product_items: { include: { uom: true } } }

export const prepare = null

export async function open({ data }) {
  const db = await openCatalog({ data })
  const readGraph = async () => db.product.find({ include: graph })
  return { graph: readGraph, workloads: { 'graph to the page': () => reads(7, 3, readGraph) } }
}
