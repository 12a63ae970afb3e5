// Stops the worker of `page` for so long, as a frozen tab's is; ends when it stands still.
export async function freeze(page, other, duration_ms) {
  await other.evaluate(() => {
    window.frozen = new Promise((resolve) => {
      window.told = new BroadcastChannel('frozen')
      window.told.onmessage = resolve
    })
  })
  const wait = (time) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    new BroadcastChannel('frozen').postMessage(true)
    Atomics.wait(new Int32Array(memory.buffer), 0, 0, time)
  }
  const thawed = page.workers()[0].evaluate(wait, duration_ms)
  await other.evaluate(() => window.frozen.then(() => undefined))
  return { thawed }
}
