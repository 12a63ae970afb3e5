// The order in which the rows of models can be written.
import type { CatalogDescription, ModelDescription } from '../types/description.js'

/** Models after those that they refer to; circles are left in the order of their declaration. */
export function byDependency({ models }: CatalogDescription): ModelDescription[] {
  const order = new Set<ModelDescription>()
  const open = new Set<ModelDescription>()
  const visit = (model: ModelDescription | undefined): void => {
    if (model === undefined || order.has(model) || open.has(model)) return
    open.add(model)
    for (const { foreign_key } of model.columns) {
      if (foreign_key !== undefined) visit(models.find(({ table }) => table === foreign_key.table))
    }
    order.add(model)
  }
  models.forEach(visit)
  return [...order]
}
