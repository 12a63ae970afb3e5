// The page of a consumer's project: runs the shop here and in a worker, and shows both.
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

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
worker.onmessage = ({ data }) => show('worker', data)
worker.onerror = (error) => show('worker', failed(error))
