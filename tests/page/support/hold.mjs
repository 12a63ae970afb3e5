// Workers that stand still, as they do while storage is slow.

// Runs in a worker: goes on when the server has answered.
function standStill(url) {
  const request = new globalThis.XMLHttpRequest()
  request.open('GET', url, false)
  request.send()
}

// Ends when each worker of the page stands still; what it gives lets them go on.
export async function holdWorkers(page) {
  const url = new URL('/held', page.url()).href
  const routes = []
  let allHeld
  const isHeld = new Promise((resolve) => (allHeld = resolve))
  const workers = page.workers()
  await page.route(url, (route) => {
    routes.push(route)
    if (routes.length === workers.length) allHeld()
  })
  for (const worker of workers) void worker.evaluate(standStill, url)
  await isHeld
  return async () => {
    await Promise.all(routes.map((route) => route.fulfill({ body: '' })))
    await page.unroute(url)
  }
}
