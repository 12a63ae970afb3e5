// The page of a consumer's project: runs the shop here, in a worker of its own and in the package's,
// and shows all three.
import { keepShop } from './kept.js'
import { runShop } from './shop.js'

function show(id, text) {
  const line = document.createElement('p')
  line.id = id
  line.textContent = text
  document.body.append(line)
}

const failed = (error) => `failed: ${error.message}`

runShop().then(
  (text) => show('page', text),
  (error) => show('page', failed(error)),
)

keepShop().then(
  (text) => show('kept', text),
  (error) => show('kept', failed(error)),
)

const worker = new Worker(new URL('./shop-worker.js', import.meta.url), { type: 'module' })
worker.onmessage = ({ data }) => show('worker', data)
worker.onerror = (error) => show('worker', failed(error))
