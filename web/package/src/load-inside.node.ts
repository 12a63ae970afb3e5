// In Node the code that calls the module is read while the module is compiled. Only the "node"
// condition of the package leads here.
import type * as Inside from './inside.js'

export const loadInside = (): Promise<typeof Inside> => import('./inside.js')
