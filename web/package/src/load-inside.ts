// In a browser the code that calls the module comes with what imports it: a service worker may
// import nothing later.
import { openInside } from './inside.js'

export const loadInside = async (): Promise<{ openInside: typeof openInside }> => ({ openInside })
