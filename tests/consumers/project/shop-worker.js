// The worker of a consumer's project.
import { runShop } from './shop.js'

runShop().then(
  (text) => postMessage(text),
  (error) => postMessage(`failed: ${error.message}`),
)
