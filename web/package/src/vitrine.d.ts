// The type of the glue that Emscripten writes; the build puts vitrine.js beside sync.js.
import type { Glue, GlueOptions } from './wasm/glue.js'

declare const createVitrine: (options: GlueOptions) => Promise<Glue>
export default createVitrine
