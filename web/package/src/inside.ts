// What openCatalog of vitrine/sync does once the module is there.
import { openFiles } from './storage/files.js'
import { CatalogCore } from './catalog-core.js'
import { openPlace } from './open-place.js'
import { catalogFace } from './open.js'
import { Engine } from './wasm/engine.js'

/** Where a catalog is kept, or what it begins with. */
export interface Origin {
  readonly trusted?: boolean
  readonly file?: string | URL
  readonly backup?: string
}

/** The public face of a catalog with `data`, empty for null, or the one that a file keeps. */
export async function openInside(
  module: WebAssembly.Module,
  data: Uint8Array | null,
  { trusted, file, backup }: Origin,
): Promise<object> {
  const engine = await Engine.start(module)
  if (file === undefined) return catalogFace(CatalogCore.open(engine, data, trusted))
  const { core, keeper } = await openPlace(engine, await openFiles(file), backup)
  return catalogFace(core, keeper)
}
